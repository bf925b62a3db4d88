// Where a card that is dragged would stand in line with others: it is drawn there, and lines show what it is in line with.
import type { Box, Point } from "../../../model/design/curve.ts";
import { equalGaps, type Gap, toEqualGap } from "./spacing.ts";

/** A line along which edges or middles of cards meet. `at` on the axis that is in line, from and to along the other. */
export interface Guide {
  readonly axis: "x" | "y";
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export interface Snapped {
  /** What to add to the move. */
  readonly by: Point;
  readonly guides: readonly Guide[];
  readonly gaps: readonly Gap[];
}

const axes = ["x", "y"] as const;
/** Cards whose edges differ by less stand in line. */
const same = 0.5;

/** `moving` as it would stand without help; `reach` is how far it may be drawn aside, in canvas pixels. */
export function snapTo(moving: Box, others: readonly Box[], reach: number): Snapped {
  const by = { x: helped(moving, others, "x", reach), y: helped(moving, others, "y", reach) };
  const there = { ...moving, x: moving.x + by.x, y: moving.y + by.y };
  return {
    by,
    guides: axes.flatMap((axis) => guidesOf(there, others, axis)),
    gaps: axes.flatMap((axis) => equalGaps(there, others, axis)),
  };
}

/** To a line or to an equal gap, whichever is nearer. */
function helped(moving: Box, others: readonly Box[], axis: "x" | "y", reach: number): number {
  const ways = [nearest(moving, others, axis, reach), toEqualGap(moving, others, axis, reach)].filter((way) => way !== undefined);
  return ways.toSorted((one, other) => Math.abs(one) - Math.abs(other))[0] ?? 0;
}

/** Both edges and the middle. */
function linesOf(box: Box, axis: "x" | "y"): readonly number[] {
  const size = axis === "x" ? box.width : box.height;
  return [box[axis], box[axis] + size / 2, box[axis] + size];
}

function nearest(moving: Box, others: readonly Box[], axis: "x" | "y", reach: number): number | undefined {
  let best: number | undefined;
  const own = linesOf(moving, axis);
  for (const other of others) {
    for (const line of linesOf(other, axis)) {
      for (const mine of own) {
        const difference = line - mine;
        if (Math.abs(difference) <= reach && (best === undefined || Math.abs(difference) < Math.abs(best))) best = difference;
      }
    }
  }
  return best;
}

function guidesOf(moving: Box, others: readonly Box[], axis: "x" | "y"): readonly Guide[] {
  const across = axis === "x" ? "y" : "x";
  const extent: Extent = (box) => [box[across], box[across] + (axis === "x" ? box.height : box.width)];
  const [start, middle, end] = linesOf(moving, axis).map((line) => guideAt(line, moving, others, axis, extent));
  // between two edges in line, the middle says nothing more and would run through the words
  const isWhole = start !== undefined && end !== undefined;
  return [start, isWhole ? undefined : middle, end].filter((guide) => guide !== undefined);
}

type Extent = (box: Box) => readonly [number, number];

function guideAt(line: number, moving: Box, others: readonly Box[], axis: "x" | "y", extent: Extent): Guide | undefined {
  const inLine = others.filter((other) => linesOf(other, axis).some((one) => Math.abs(one - line) < same));
  if (inLine.length === 0) return undefined;
  const extents = [moving, ...inLine].map(extent);
  return { axis, at: line, from: Math.min(...extents.map(([from]) => from)), to: Math.max(...extents.map(([, to]) => to)) };
}
