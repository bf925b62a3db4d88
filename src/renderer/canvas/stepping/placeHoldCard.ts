import type { Box, Point } from "../geometry.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

const margin = 12;

/**
 * Where the message card stands: near its hop, inside the area, and over neither end of the hop if that can be. `leader`
 * is the point of its border from which the dotted line runs to the hop.
 */
export function placeHoldCard(anchor: Point, ends: readonly Box[], area: Size, card: Size): Point & { readonly leader: Point } {
  const clampX = (x: number): number => Math.max(margin, Math.min(x, area.width - card.width - margin));
  const clampY = (y: number): number => Math.max(margin, Math.min(y, area.height - card.height - margin));
  const top = Math.min(anchor.y, ...ends.map((box) => box.y));
  const bottom = Math.max(anchor.y, ...ends.map((box) => box.y + box.height));
  const left = Math.min(anchor.x, ...ends.map((box) => box.x));
  const right = Math.max(anchor.x, ...ends.map((box) => box.x + box.width));
  const gap = 28;
  const candidates: readonly Point[] = [
    { x: anchor.x - card.width / 2, y: top - card.height - gap },
    { x: anchor.x - card.width / 2, y: bottom + gap },
    { x: right + gap, y: anchor.y - card.height / 2 },
    { x: left - card.width - gap, y: anchor.y - card.height / 2 },
  ].map((point) => ({ x: clampX(point.x), y: clampY(point.y) }));
  const covered = (point: Point): number => ends.reduce((sum, box) => sum + overlap({ ...point, ...card }, box), 0) + (contains({ ...point, ...card }, anchor) ? 1e6 : 0);
  const best = candidates.reduce((chosen, candidate) => (covered(candidate) < covered(chosen) ? candidate : chosen));
  const leader = {
    x: Math.max(best.x + 8, Math.min(anchor.x, best.x + card.width - 8)),
    y: anchor.y > best.y + card.height ? best.y + card.height : anchor.y < best.y ? best.y : anchor.y,
  };
  const isBeside = anchor.y >= best.y && anchor.y <= best.y + card.height;
  return { ...best, leader: isBeside ? { x: anchor.x > best.x + card.width ? best.x + card.width : best.x, y: anchor.y } : leader };
}

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

function contains(box: Box, point: Point): boolean {
  return point.x > box.x && point.x < box.x + box.width && point.y > box.y && point.y < box.y + box.height;
}
