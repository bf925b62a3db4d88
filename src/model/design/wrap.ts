import type { Slot } from "./layers.ts";

/** Where a slot stands when its column is broken into several: `column` counts from the left over all of them. */
export interface WrappedSlot {
  readonly slot: Slot;
  readonly column: number;
  readonly top: number;
}

/** Taller than this, a part cannot be read as a whole at any zoom, and is worth breaking. */
const tallest = 3_000;
const lowest = 1_200;

/**
 * Columns that are far taller than a screen, each broken into several side by side in the same order, so that a design of
 * hundreds of resources comes near to `shape` (width over height). undefined: none is that tall.
 */
export function wrapColumns(
  columns: readonly (readonly Slot[])[],
  columnWidth: number,
  gap: number,
  shape: number,
): WrappedSlot[] | undefined {
  const blocks = columns.map((column) => column.filter((slot) => !slot.isPassage));
  const heights = blocks.map((column) => column.reduce((sum, slot) => sum + slot.height + gap, 0));
  if (Math.max(...heights) <= tallest) return undefined;
  const area = heights.reduce((sum, height) => sum + height, 0) * columnWidth;
  const limit = Math.max(lowest, Math.sqrt(area / shape));
  const placed: WrappedSlot[] = [];
  let first = 0;
  blocks.forEach((column, index) => {
    const count = Math.max(1, Math.ceil((heights[index] ?? 0) / limit));
    const each = (heights[index] ?? 0) / count;
    let [top, done, at] = [0, 0, 0];
    let begin = placed.length;
    const settle = (): void => {
      // all columns stand around one middle line
      for (let place = begin; place < placed.length; place += 1) {
        const one = placed[place];
        if (one) placed[place] = { ...one, top: one.top - (top - gap) / 2 };
      }
      [top, begin] = [0, placed.length];
    };
    for (const slot of column) {
      if (top > 0 && done + slot.height / 2 > each * (at + 1)) {
        settle();
        at += 1;
      }
      placed.push({ slot, column: first + at, top });
      top += slot.height + gap;
      done += slot.height + gap;
    }
    settle();
    first += at + 1;
  });
  return placed;
}
