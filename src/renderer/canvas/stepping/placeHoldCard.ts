import type { Box, Point } from "../../../model/design/geometry.ts";

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

  const heightAbove = fittedHeight(top - gap - margin, wanted.height);
  const heightBelow = fittedHeight(area.height - bottom - gap - margin, wanted.height);
  const placesOf = (width: number): readonly Box[] => {
    const fitted = (x: number, y: number, height: number): Box => ({
      x: Math.max(margin, Math.min(x, area.width - width - margin)),
      y: Math.max(margin, Math.min(y, area.height - height - margin)),
      width,
      height,
    });
    return [
      fitted(anchor.x - width / 2, top - heightAbove - gap, heightAbove),
      fitted(anchor.x - width / 2, bottom + gap, heightBelow),
      fitted(right + gap, anchor.y - wanted.height / 2, wanted.height),
      fitted(left - width - gap, anchor.y - wanted.height / 2, wanted.height),
      // In a low window only a corner may be free.
      ...[0, Infinity].flatMap((x) => [0, Infinity].map((y) => fitted(x, y, leastHeight))),
    ];
  };
  const candidates = [...placesOf(wanted.width), ...placesOf(Math.min(leastWidth, wanted.width))];
  const covered = (box: Box): number => ends.reduce((sum, end) => sum + overlap(box, end), 0) + (contains(box, anchor) ? 1e6 : 0);
  const lost = (box: Box): number => (wanted.height - box.height) * 10 + (wanted.width - box.width) * 10;
  const cost = (box: Box): number => covered(box) * 1000 + lost(box);
  const best = candidates.reduce((chosen, candidate) => (cost(candidate) < cost(chosen) ? candidate : chosen));
  return { ...best, leader: leaderOf(best, anchor) };
}

/** A card may be lower than it would like to be, rather than cover the hop. */
function fittedHeight(free: number, wanted: number): number {
  return Math.max(leastHeight, Math.min(wanted, free));
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
