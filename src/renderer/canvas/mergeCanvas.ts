import type { Canvas } from "../../model/design/design.ts";

/** Positions and notes that two people changed: each card and note is ours where we touched it, else theirs. */
export function mergeCanvas(base: Canvas, mine: Canvas, theirs: Canvas): Canvas {
  const byId = (canvas: Canvas) => Object.fromEntries(canvas.notes.map((note) => [note.id, note]));
  return {
    version: 1,
    nodes: mergeEntries(base.nodes, mine.nodes, theirs.nodes),
    notes: Object.values(mergeEntries(byId(base), byId(mine), byId(theirs))),
  };
}

function mergeEntries<Value extends object>(
  base: Readonly<Record<string, Value>>,
  mine: Readonly<Record<string, Value>>,
  theirs: Readonly<Record<string, Value>>,
): Record<string, Value> {
  const ids = new Set([...Object.keys(theirs), ...Object.keys(mine)]);
  return Object.fromEntries(
    [...ids].flatMap((id) => {
      const value = areSame(mine[id], base[id]) ? theirs[id] : mine[id];
      return value === undefined ? [] : [[id, value]];
    }),
  );
}

export function areSame(one: object | undefined, other: object | undefined): boolean {
  return one === other || (one !== undefined && other !== undefined && JSON.stringify(one) === JSON.stringify(other));
}
