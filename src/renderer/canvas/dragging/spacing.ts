// Where a card that is dragged would stand as far from its neighbours as they stand from each other, and the gaps that show it.
import type { Box } from "../../../model/design/curve.ts";

/** One of several equal gaps between cards, along its axis; `at` on the other one. */
export interface Gap {
  readonly axis: "x" | "y";
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

type Axis = Gap["axis"];

/** Gaps that differ by less are equal. */
const same = 0.75;

/** How far to move along the axis until a gap beside the card is as wide as one next to it; undefined: none is within reach. */
export function toEqualGap(moving: Box, others: readonly Box[], axis: Axis, reach: number): number | undefined {
  const { before, further, after, beyond } = neighbours(moving, others, axis, reach);
  const [start, end] = ends(moving, axis);
  const wished: number[] = [];
  if (before && after) wished.push((ends(before, axis)[1] + ends(after, axis)[0] - (end - start)) / 2);
  if (before && further) wished.push(ends(before, axis)[1] + gapOf(further, before, axis));
  if (after && beyond) wished.push(ends(after, axis)[0] - gapOf(after, beyond, axis) - (end - start));
  const differences = wished.map((place) => place - start).filter((difference) => Math.abs(difference) <= reach);
  return differences.toSorted((one, other) => Math.abs(one) - Math.abs(other))[0];
}

/** The equal gaps beside a card where it stands. */
export function equalGaps(there: Box, others: readonly Box[], axis: Axis): readonly Gap[] {
  const { before, further, after, beyond } = neighbours(there, others, axis, 0);
  const pairs: (readonly [readonly [Box, Box] | undefined, readonly [Box, Box] | undefined])[] = [
    [before && [before, there], after && [there, after]],
    [before && [before, there], before && further && [further, before]],
    [after && [there, after], after && beyond && [after, beyond]],
  ];
  const found = new Map<string, Gap>();
  for (const [own, other] of pairs) {
    if (!own || !other || Math.abs(gapOf(...own, axis) - gapOf(...other, axis)) > same) continue;
    for (const [one, next] of [own, other]) {
      const gap = { axis, from: ends(one, axis)[1], to: ends(next, axis)[0], at: middleOfBoth(one, next, axis) };
      found.set(`${gap.from} ${gap.to}`, gap);
    }
  }
  return [...found.values()];
}

interface Neighbours {
  readonly before: Box | undefined;
  /** Before the one before. */
  readonly further: Box | undefined;
  readonly after: Box | undefined;
  readonly beyond: Box | undefined;
}

/** The nearest on both sides among those in the same row or column, and theirs. */
function neighbours(moving: Box, others: readonly Box[], axis: Axis, reach: number): Neighbours {
  const row = others.filter((other) => isBeside(moving, other, axis));
  const [start, end] = ends(moving, axis);
  const before = last(row, (box) => ends(box, axis)[1] <= start + reach, axis);
  const after = first(row, (box) => ends(box, axis)[0] >= end - reach, axis);
  return {
    before,
    further: before && last(row, (box) => ends(box, axis)[1] <= ends(before, axis)[0], axis),
    after,
    beyond: after && first(row, (box) => ends(box, axis)[0] >= ends(after, axis)[1], axis),
  };
}

function last(row: readonly Box[], isMeant: (box: Box) => boolean, axis: Axis): Box | undefined {
  return row.filter(isMeant).toSorted((one, other) => ends(other, axis)[1] - ends(one, axis)[1])[0];
}

function first(row: readonly Box[], isMeant: (box: Box) => boolean, axis: Axis): Box | undefined {
  return row.filter(isMeant).toSorted((one, other) => ends(one, axis)[0] - ends(other, axis)[0])[0];
}

function isBeside(a: Box, b: Box, axis: Axis): boolean {
  const across = axis === "x" ? "y" : "x";
  return ends(a, across)[0] < ends(b, across)[1] && ends(b, across)[0] < ends(a, across)[1];
}

function middleOfBoth(a: Box, b: Box, axis: Axis): number {
  const across = axis === "x" ? "y" : "x";
  return (Math.max(ends(a, across)[0], ends(b, across)[0]) + Math.min(ends(a, across)[1], ends(b, across)[1])) / 2;
}

function gapOf(one: Box, next: Box, axis: Axis): number {
  return ends(next, axis)[0] - ends(one, axis)[1];
}

function ends(box: Box, axis: Axis): readonly [number, number] {
  return axis === "x" ? [box.x, box.x + box.width] : [box.y, box.y + box.height];
}
