// Moving what stands on the canvas: by dragging, pushing, aligning, distributing, tidying. Each one is one step of undo.
import type { Canvas, CanvasGroup } from "../../model/design/design.ts";
import type { Box, Point } from "../../model/design/curve.ts";
import { boxOf } from "../../model/design/geometry.ts";
import { useCanvasFile } from "../app/stores/canvasFile.ts";
import { useDesign } from "../app/stores/design.ts";
import { changeCanvas } from "../app/stores/documents.ts";
import { useSelection } from "../app/stores/selection.ts";
import { itemsOf, withMembers } from "./canvasItems.ts";
import { positionsWith, usePlacement, type Positions } from "./placement.ts";
import { shownNow } from "./shown.ts";
import { t } from "../app/texts/texts.ts";

export interface ItemBox extends Box {
  readonly id: string;
}

export interface MoveOptions {
  /** What goes on under the same name is one step of undo. */
  readonly gesture?: string;
  /** The group that the moved cards are in from then on. */
  readonly joins?: string;
}

/** `Move Orders`, `Move 3 cards`: as the history lists it. */
export function moveLabel(ids: readonly string[]): string {
  const [id = ""] = ids;
  if (ids.length > 1) return t("Move {{count}} cards", { count: ids.length });
  if (id.startsWith("note:")) return t("Move a note");
  if (id.startsWith("group:")) return t("Move a group");
  return id.startsWith("frame:") ? t("Move a frame") : t("Move {{id}}", { id });
}

/**
 * Cards, notes, groups and frames stand somewhere else now: one step of undo, also when the same `gesture` goes on. A group
 * takes its members along.
 */
export function moveCards(label: string, moved: Positions, { gesture, joins }: MoveOptions = {}): void {
  const { canvas } = useCanvasFile.getState();
  const everything = { ...membersMoved(canvas, moved), ...moved };
  const others = new Set(itemsOf(canvas).map(({ id }) => id));
  const cards = Object.fromEntries(Object.entries(everything).filter(([id]) => !others.has(id)));
  const placed = <Item extends { readonly id: string }>(items: readonly Item[]): Item[] =>
    items.map((item) => ({ ...item, ...everything[item.id] }));
  changeCanvas(
    label,
    {
      ...canvas,
      nodes: positionsWith(cards),
      notes: placed(canvas.notes),
      ...(canvas.frames === undefined ? {} : { frames: placed(canvas.frames) }),
      ...(joins === undefined ? {} : { groups: withJoined(canvas.groups ?? [], joins, Object.keys(moved)) }),
    },
    // Cards that were laid out but never saved have to go back to where they were seen.
    { ...canvas, nodes: positionsWith({}) },
    gesture,
  );
}

/** Cards and notes are in one group at most. */
function withJoined(groups: readonly CanvasGroup[], id: string, joining: readonly string[]): CanvasGroup[] {
  const items = joining.filter((one) => !/^(group|frame):/.test(one));
  return groups.flatMap((group) => {
    const left = group.members.filter((member) => !items.includes(member));
    const members = group.id === id ? [...left, ...items] : left;
    return members.length === 0 ? [] : [{ ...group, members }];
  });
}

/** Where the members of moved groups come to stand. */
function membersMoved(canvas: Canvas, moved: Positions): Positions {
  const boxes = new Map(itemBoxes().map((box) => [box.id, box]));
  const result: Record<string, Point> = {};
  for (const { id, members } of canvas.groups ?? []) {
    const [to, from] = [moved[id], boxes.get(id)];
    if (to === undefined || from === undefined) continue;
    for (const member of memberBoxes(canvas, members)) {
      result[member.id] = { x: Math.round(member.x + to.x - from.x), y: Math.round(member.y + to.y - from.y) };
    }
  }
  return result;
}

/** Cards and notes of a group where they stand, drawn or not. */
export function memberBoxes(canvas: Canvas, members: readonly string[]): readonly ItemBox[] {
  const { positions } = usePlacement.getState();
  const ids = new Set(members);
  const { resources } = useDesign.getState().design;
  return [
    ...resources.filter(({ id }) => ids.has(id)).map((resource) => ({ id: resource.id, ...boxOf(resource, positions) })),
    ...canvas.notes.filter(({ id }) => ids.has(id)),
  ];
}

/** Everything that is drawn and can be moved, as it is saved: cards, notes, open groups, frames. */
export function itemBoxes(): readonly ItemBox[] {
  const { canvas } = useCanvasFile.getState();
  const { resources, positions, groups } = shownNow();
  return [
    ...resources.map((resource) => ({ id: resource.id, ...boxOf(resource, positions) })),
    ...canvas.notes,
    ...groups.map(({ group, box }) => ({ id: group.id, ...box })),
    ...(canvas.frames ?? []),
  ];
}

/** What moves with these: members of groups, and all that lies wholly within frames. Locked ones stay. */
export function movedAlong(ids: readonly string[]): readonly ItemBox[] {
  const { canvas } = useCanvasFile.getState();
  const boxes = itemBoxes();
  const locked = new Set(canvas.locked);
  const frames = (canvas.frames ?? []).filter(({ id }) => ids.includes(id));
  const within = boxes.filter((box) => frames.some((frame) => frame.id !== box.id && isWithin(box, frame))).map(({ id }) => id);
  // what is in a locked group stays with it
  const all = [...new Set([...ids, ...within])].filter((id) => !locked.has(id));
  const members = memberBoxes(canvas, withMembers(canvas, all));
  const found = [...boxes.filter(({ id }) => all.includes(id)), ...members];
  return [...new Map(found.map((box) => [box.id, box])).values()].filter(({ id }) => !locked.has(id));
}

function isWithin(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

export type Alignment = "left" | "right" | "top" | "bottom" | "centre" | "middle";

export function alignSelection(alignment: Alignment): void {
  const boxes = selectedBoxes();
  if (boxes.length < 2) return;
  const left = Math.min(...boxes.map((box) => box.x));
  const top = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  const place = {
    left: () => ({ x: left }),
    right: (box: ItemBox) => ({ x: right - box.width }),
    centre: (box: ItemBox) => ({ x: (left + right - box.width) / 2 }),
    top: () => ({ y: top }),
    bottom: (box: ItemBox) => ({ y: bottom - box.height }),
    middle: (box: ItemBox) => ({ y: (top + bottom - box.height) / 2 }),
  }[alignment];
  moveUnlocked(t("Align"), Object.fromEntries(boxes.map((box) => [box.id, { x: box.x, y: box.y, ...place(box) }])));
}

export function distributeSelection(direction: "horizontally" | "vertically"): void {
  const [start, size] = direction === "horizontally" ? (["x", "width"] as const) : (["y", "height"] as const);
  const boxes = selectedBoxes().toSorted((a, b) => a[start] - b[start]);
  const first = boxes[0];
  const last = boxes.at(-1);
  if (first === undefined || last === undefined || boxes.length < 3) return;
  const free = last[start] + last[size] - first[start] - boxes.reduce((sum, box) => sum + box[size], 0);
  const gap = free / (boxes.length - 1);
  let next = first[start];
  const moved: Record<string, Point> = {};
  for (const box of boxes) {
    moved[box.id] = { x: box.x, y: box.y, [start]: Math.round(next) };
    next += box[size] + gap;
  }
  moveUnlocked(t("Distribute"), moved);
}

export function nudgeSelection(by: Point): void {
  const boxes = movedAlong(useSelection.getState().resources);
  if (boxes.length === 0) return;
  const moved = Object.fromEntries(boxes.map((box) => [box.id, { x: box.x + by.x, y: box.y + by.y }]));
  moveCards(moveLabel(useSelection.getState().resources), moved, { gesture: `nudge ${Object.keys(moved).join()}` });
}

/** Selected cards and what else is selected, by their outsides. */
export function selectedBoxes(): readonly ItemBox[] {
  const { resources: ids } = useSelection.getState();
  return itemBoxes().filter(({ id }) => ids.includes(id));
}

function moveUnlocked(label: string, moved: Positions): void {
  const locked = new Set(useCanvasFile.getState().canvas.locked);
  moveCards(label, Object.fromEntries(Object.entries(moved).filter(([id]) => !locked.has(id))));
}
