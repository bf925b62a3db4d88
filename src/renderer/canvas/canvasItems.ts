// What stands on the canvas besides cards: notes, groups, frames. Pure changes of the canvas file's content.
import type { Canvas } from "../../model/design/design.ts";
import { t } from "../app/texts/texts.ts";

export type ItemKind = "note" | "group" | "frame";

/** Notes, groups and frames. */
export function itemsOf({ notes, groups = [], frames = [] }: Canvas): readonly { readonly id: string }[] {
  return [...notes, ...groups, ...frames];
}

/** As it is read out and listed: `Group Fulfilment, 3 in it`. */
export function itemWords(id: string, { notes, groups = [], frames = [] }: Canvas): string {
  const group = groups.find((one) => one.id === id);
  if (group !== undefined)
    return group.isCollapsed === true
      ? t("Group {{name}}, {{count}} in it, collapsed", { name: group.name, count: group.members.length })
      : t("Group {{name}}, {{count}} in it", { name: group.name, count: group.members.length });
  const frame = frames.find((one) => one.id === id);
  if (frame !== undefined) return t("Frame {{name}}", { name: frame.name });
  const note = notes.find((one) => one.id === id);
  return note === undefined ? "" : t("Note {{text}}", { text: note.text.split("\n")[0] ?? "" });
}

/** `note:1`, the first that is free. */
export function freeItemId(canvas: Canvas, kind: ItemKind): string {
  const taken = new Set(itemsOf(canvas).map(({ id }) => id));
  let number = 1;
  while (taken.has(`${kind}:${number}`)) number += 1;
  return `${kind}:${number}`;
}

/** What is in those of them that are groups; the others as they are. */
export function withMembers({ groups = [] }: Canvas, ids: readonly string[]): readonly string[] {
  const byId = new Map(groups.map((group) => [group.id, group.members]));
  return [...new Set(ids.flatMap((id) => byId.get(id) ?? [id]))];
}

/** The same object where none of them is a note, a group, a frame, or named by one. */
export function withoutItems(canvas: Canvas, gone: ReadonlySet<string>): Canvas {
  const { notes, groups = [], frames = [], locked = [] } = canvas;
  const isNamed =
    [...notes, ...groups, ...frames].some(({ id }) => gone.has(id)) ||
    groups.some((group) => group.members.some((id) => gone.has(id))) ||
    locked.some((id) => gone.has(id));
  if (!isNamed) return canvas;
  const left = groups
    .filter(({ id }) => !gone.has(id))
    .map((group) => ({ ...group, members: group.members.filter((id) => !gone.has(id)) }))
    .filter(({ members }) => members.length > 0);
  return {
    ...canvas,
    notes: notes.filter(({ id }) => !gone.has(id)),
    groups: left,
    frames: frames.filter(({ id }) => !gone.has(id)),
    locked: locked.filter((id) => !gone.has(id)),
  };
}

export function withoutPositions(canvas: Canvas, ids: readonly string[]): Canvas {
  const gone = new Set(ids);
  return { ...canvas, nodes: Object.fromEntries(Object.entries(canvas.nodes).filter(([id]) => !gone.has(id))) };
}

/** A renamed resource stays in its group and locked. */
export function withRenamed(canvas: Canvas, id: string, newId: string): Canvas {
  const renamed = (ids: readonly string[]): readonly string[] => ids.map((one) => (one === id ? newId : one));
  return {
    ...canvas,
    ...(canvas.groups === undefined ? {} : { groups: canvas.groups.map((group) => ({ ...group, members: renamed(group.members) })) }),
    ...(canvas.locked === undefined ? {} : { locked: renamed(canvas.locked) }),
  };
}
