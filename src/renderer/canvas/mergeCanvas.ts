import type { Canvas } from "../../model/design/design.ts";

/** A canvas that two people changed: each card, note, group and frame is ours where we touched it, else theirs. */
export function mergeCanvas(base: Canvas, mine: Canvas, theirs: Canvas): Canvas {
  const groups = mergeLists(base.groups, mine.groups, theirs.groups);
  const frames = mergeLists(base.frames, mine.frames, theirs.frames);
  const locked = mergeLists(named(base.locked), named(mine.locked), named(theirs.locked)).map(({ id }) => id);
  return {
    version: 1,
    nodes: mergeEntries(base.nodes, mine.nodes, theirs.nodes),
    notes: mergeLists(base.notes, mine.notes, theirs.notes),
    ...(groups.length > 0 ? { groups } : {}),
    ...(frames.length > 0 ? { frames } : {}),
    ...(locked.length > 0 ? { locked } : {}),
  };
}

interface Named {
  readonly id: string;
}

function named(ids: readonly string[] = []): readonly Named[] {
  return ids.map((id) => ({ id }));
}

function mergeLists<Value extends Named>(base: readonly Value[] = [], mine: readonly Value[] = [], theirs: readonly Value[] = []): Value[] {
  const byId = (list: readonly Value[]) => Object.fromEntries(list.map((one) => [one.id, one]));
  return Object.values(mergeEntries(byId(base), byId(mine), byId(theirs)));
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
