import type { Box, Point } from "../../../model/design/curve.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

const margin = 12;
const gap = 24;
const leastHeight = 148;
const leastWidth = 420;

/**
 * Where the message card stands: near its hop, inside the area, and over neither end of the hop if that can be. `leader`
 * is the point of its border from which the dotted line runs to the hop.
 */
export function placeHoldCard(anchor: Point, ends: readonly Box[], area: Size, wanted: Size): Box & { readonly leader: Point } {
  const top = Math.min(anchor.y, ...ends.map((box) => box.y));
  const bottom = Math.max(anchor.y, ...ends.map((box) => box.y + box.height));
  const left = Math.min(anchor.x, ...ends.map((box) => box.x));
  const right = Math.max(anchor.x, ...ends.map((box) => box.x + box.width));

  const placesOf = ({ width, height }: Size): readonly Box[] => {
    const xs = [
      anchor.x - width / 2,
      left - width - gap,
      right + gap,
      ...ends.flatMap((end) => [end.x - width - gap, end.x + end.width + gap]),
    ];
    const ys = [
      anchor.y - height / 2,
      top - height - gap,
      bottom + gap,
      ...ends.flatMap((end) => [end.y - height - gap, end.y + end.height + gap]),
    ];
    // In a low window only a corner may be free.
    return [...xs, 0, Infinity].flatMap((x) =>
      [...ys, 0, Infinity].map((y) => ({
        x: Math.max(margin, Math.min(x, area.width - width - margin)),
        y: Math.max(margin, Math.min(y, area.height - height - margin)),
        width,
        height,
      })),
    );
  };
  // A card may be smaller than it would like to be, rather than cover the hop.
  const widths = new Set([wanted.width, Math.min(leastWidth, wanted.width)]);
  const heights = new Set([1, 0.8].map((part) => Math.max(leastHeight, Math.round(wanted.height * part))).concat(leastHeight));
  const candidates = [...widths].flatMap((width) => [...heights].flatMap((height) => placesOf({ width, height })));
  const covered = (box: Box): number => ends.reduce((sum, end) => sum + overlap(box, end), 0) + (contains(box, anchor) ? 1e6 : 0);
  const lost = (box: Box): number => (wanted.height - box.height) * 10 + (wanted.width - box.width) * 10;
  const away = (box: Box): number => Math.hypot(box.x + box.width / 2 - anchor.x, box.y + box.height / 2 - anchor.y);
  const cost = (box: Box): number => covered(box) * 1000 + lost(box) + away(box);
  const best = candidates.reduce((chosen, candidate) => (cost(candidate) < cost(chosen) ? candidate : chosen));
  return { ...best, leader: leaderOf(best, anchor) };
}

function leaderOf(card: Box, anchor: Point): Point {
  const isBeside = anchor.y >= card.y && anchor.y <= card.y + card.height;
  if (isBeside) return { x: anchor.x > card.x + card.width ? card.x + card.width : card.x, y: anchor.y };
  return { x: Math.max(card.x + 8, Math.min(anchor.x, card.x + card.width - 8)), y: anchor.y > card.y ? card.y + card.height : card.y };
}

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

function contains(box: Box, point: Point): boolean {
  return point.x > box.x && point.x < box.x + box.width && point.y > box.y && point.y < box.y + box.height;
}
