// What a person does to the design on the canvas: each one is one step of undo.
import type { Canvas, DesignCommand, DesignResource } from "../../model/design/design.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { card, cardSize } from "../../model/design/cardSize.ts";
import { needsRoute } from "../../model/design/connectable.ts";
import { rulesFrom } from "../../model/design/plainConnections.ts";
import { fileName, freeLogicalId, pathName } from "../../model/design/logicalIds.ts";
import { layoutDesign } from "../../model/design/layout.ts";
import { call } from "../app/api.ts";
import { setCanvas, useCanvasFile } from "../app/stores/canvasFile.ts";
import { changeDesign, designContext, useDesign } from "../app/stores/design.ts";
import { changeCanvas } from "../app/stores/documents.ts";
import { attempt, notify } from "../app/stores/notices.ts";
import { useProject } from "../app/stores/project.ts";
import { clearSelection, selectResources, useSelection } from "../app/stores/selection.ts";
import type { Point } from "../../model/design/curve.ts";
import { boxOf } from "../../model/design/geometry.ts";
import type { PaletteItem } from "./paletteItems.ts";
import { positionsWith, usePlacement, type Positions } from "./placement.ts";
import { beginRename } from "./renaming.ts";
import { tidyNotes } from "./tidyNotes.ts";

const grid = 4;
const newCardHeight = 80;

export function snap(point: Point): Point {
  return { x: Math.round(point.x / grid) * grid, y: Math.round(point.y / grid) * grid };
}

/** The nearest place below or beside where a new card covers none: for those that no pointer put somewhere. */
export function freePlaceNear(at: Point): Point {
  const { positions } = usePlacement.getState();
  const boxes = useDesign
    .getState()
    .design.resources.map((resource) => ({ ...(positions[resource.id] ?? { x: 0, y: 0 }), ...cardSize(resource) }));
  const isFree = ({ x, y }: Point): boolean =>
    boxes.every(
      (box) =>
        x > box.x + box.width + grid * 4 ||
        x + card.width + grid * 4 < box.x ||
        y > box.y + box.height + grid * 4 ||
        y + newCardHeight + grid * 4 < box.y,
    );
  for (let ring = 0; ring < 60; ring += 1) {
    const step = ring * grid * 8;
    const found = [
      { x: at.x, y: at.y + step },
      { x: at.x, y: at.y - step },
      { x: at.x + step, y: at.y },
      { x: at.x - step, y: at.y },
    ].find(isFree);
    if (found !== undefined) return found;
  }
  return at;
}

/** Adds a resource from the palette with its files (a first handler), and lets the person type its name at once. */
export function addResource(item: PaletteItem, at: Point): void {
  const id = freeId(item.entry.idPrefix);
  if (changeDesign(`Add ${id}`, addCommand(item, id))) settleNew(item, id, at);
}

/** A resource and its connection with one that is there. */
export interface NewConnection {
  readonly rule: string;
  readonly other: string;
  /** From the new one to the other. */
  readonly isBackward: boolean;
}

/** Adds a resource where a line was dropped and draws that line: one step. */
export function addConnected(item: PaletteItem, { rule, other, isBackward }: NewConnection, at: Point): void {
  const id = freeId(item.entry.idPrefix);
  const [from, to] = isBackward ? [id, other] : [other, id];
  const route = { method: "GET", path: `/${pathName(to)}` };
  const { resources } = useDesign.getState().design;
  const type = isBackward ? item.type.type : resources.find((resource) => resource.id === other)?.type;
  const isRouted = rulesFrom(type ?? "", designContext()).some((one) => one.id === rule && needsRoute(one));
  const connect: DesignCommand = { type: "connect", from, to, rule, ...(isRouted ? { route } : {}) };
  const size = cardSize({ routes: [] });
  // the line was dropped at the new card's near side
  const isLeft = at.x < (usePlacement.getState().positions[other]?.x ?? 0);
  const place = { x: isLeft ? at.x - size.width : at.x, y: at.y - size.height / 2 };
  if (changeDesign(`Add ${id}, connected with ${other}`, addCommand(item, id), connect)) settleNew(item, id, place);
}

function addCommand(item: PaletteItem, id: string): DesignCommand {
  const fill = { id, file: fileName(id) };
  return {
    type: "add",
    id,
    resourceType: item.type.type,
    properties: filled(item.entry.properties, fill),
    ...(item.entry.extra === undefined ? {} : { extra: filled(item.entry.extra, fill) }),
  };
}

function settleNew(item: PaletteItem, id: string, at: Point): void {
  savePositions({ [id]: snap(at) });
  selectResources([id]);
  beginRename(id);
  void createFiles(item, { id, file: fileName(id) });
}

export function renameResource(id: string, newId: string): boolean {
  if (newId === id) return true;
  const position = usePlacement.getState().positions[id];
  if (!changeDesign(`Rename ${id} to ${newId}`, { type: "rename", id, newId })) return false;
  if (position !== undefined) {
    const { [id]: _old, ...rest } = positionsWith({ [newId]: position });
    setCanvas({ ...useCanvasFile.getState().canvas, nodes: rest });
  }
  selectResources([newId]);
  return true;
}

/** Deletes what is selected: resources and notes, or the one connection. */
export function deleteSelection(): void {
  const { resources, connection } = useSelection.getState();
  if (connection !== null) {
    if (changeDesign("Disconnect", { type: "disconnect", connection })) clearSelection();
    return;
  }
  const { canvas } = useCanvasFile.getState();
  const noteIds = new Set(canvas.notes.map((note) => note.id));
  const notes = resources.filter((id) => noteIds.has(id));
  const { design } = useDesign.getState();
  const ids = resources.filter((id) => design.resources.some((resource) => resource.id === id && !resource.isImplicit));
  if (ids.length > 0 && changeDesign(ids.length === 1 ? `Delete ${ids[0]}` : `Delete ${ids.length} resources`, { type: "remove", ids }))
    forgetPositions(ids);
  if (notes.length > 0) {
    const kept = canvas.notes.filter((note) => !notes.includes(note.id));
    changeCanvas("Delete note", { ...useCanvasFile.getState().canvas, notes: kept });
  }
  if (ids.length + notes.length > 0) clearSelection();
  else if (resources.length > 0) {
    notify({
      tone: "info",
      title: "This is not written in the template",
      detail: "SAM makes it because a function's event needs it. Remove that event instead.",
    });
  }
}

/** Copies of the selected resources with their properties, a little lower and to the right, or as far off as said. */
export function duplicateSelection(by: Point = { x: 28, y: 28 }): void {
  const { design } = useDesign.getState();
  const { positions } = usePlacement.getState();
  const chosen = design.resources.filter((resource) => useSelection.getState().resources.includes(resource.id) && !resource.isImplicit);
  if (chosen.length === 0) return;
  pasteResources(
    chosen.map((resource) => ({ resource, position: positions[resource.id] ?? { x: 0, y: 0 } })),
    by,
    "Duplicate",
  );
}

export interface CopiedResource {
  readonly resource: DesignResource;
  readonly position: Point;
}

export function pasteResources(copies: readonly CopiedResource[], by: Point, label: string): void {
  const taken = new Set<string>();
  const placed: Record<string, Point> = {};
  const commands = copies.map(({ resource, position }): DesignCommand => {
    const id = freeId(`${resource.id.replace(/Copy\d*$/, "")}Copy`, taken);
    taken.add(id);
    placed[id] = snap({ x: position.x + by.x, y: position.y + by.y });
    return { type: "add", id, resourceType: resource.type, properties: resource.properties, extra: furtherKeys(resource) };
  });
  if (!changeDesign(commands.length === 1 ? `${label} ${copies[0]?.resource.id}` : `${label} ${commands.length} resources`, ...commands))
    return;
  savePositions(placed);
  selectResources(Object.keys(placed));
}

/** What stands beside Type and Properties: Metadata, DependsOn, Condition. */
function furtherKeys({ path }: DesignResource): JsonObject {
  const resources = useDesign.getState().document?.value[String(path[0])];
  const written = isJsonObject(resources) ? resources[String(path[1])] : undefined;
  if (!isJsonObject(written)) return {};
  const { Type: _type, Properties: _properties, ...rest } = written;
  return rest;
}

/** `Move Orders`, `Move 3 cards`: as the history lists it. */
export function moveLabel(ids: readonly string[]): string {
  const [id = ""] = ids;
  return ids.length > 1 ? `Move ${ids.length} cards` : id.startsWith("note:") ? "Move a note" : `Move ${id}`;
}

/** Cards were dragged or pushed: one step of undo, also when the same `gesture` goes on. */
export function moveCards(label: string, moved: Positions, gesture?: string): void {
  const { canvas } = useCanvasFile.getState();
  const noteIds = new Set(canvas.notes.map((note) => note.id));
  const cards = Object.fromEntries(Object.entries(moved).filter(([id]) => !noteIds.has(id)));
  const notes = canvas.notes.map((note) => ({ ...note, ...moved[note.id] }));
  // Cards that were laid out but never saved have to go back to where they were seen.
  changeCanvas(label, { ...canvas, nodes: positionsWith(cards), notes }, { ...canvas, nodes: positionsWith({}) }, gesture);
}

/** Lays out the selected cards, or all of them, anew. */
export function tidy(): void {
  const { design } = useDesign.getState();
  const { positions } = usePlacement.getState();
  const selected = useSelection.getState().resources;
  const isPart = selected.length > 1;
  const kept = isPart ? Object.fromEntries(Object.entries(positions).filter(([id]) => !selected.includes(id))) : {};
  const placed = layoutDesign(design, kept);
  const boxes = (at: Positions) => new Map(design.resources.map((resource) => [resource.id, boxOf(resource, at)]));
  const notes = tidyNotes(useCanvasFile.getState().canvas.notes, { before: boxes(positions), after: boxes({ ...positions, ...placed }) });
  moveCards(isPart ? "Tidy selection" : "Tidy", { ...placed, ...notes });
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
    right: (box: SelectedBox) => ({ x: right - box.width }),
    centre: (box: SelectedBox) => ({ x: (left + right - box.width) / 2 }),
    top: () => ({ y: top }),
    bottom: (box: SelectedBox) => ({ y: bottom - box.height }),
    middle: (box: SelectedBox) => ({ y: (top + bottom - box.height) / 2 }),
  }[alignment];
  moveCards("Align", Object.fromEntries(boxes.map((box) => [box.id, { x: box.x, y: box.y, ...place(box) }])));
}

export function distributeSelection(direction: "horizontally" | "vertically"): void {
  const [start, size] = direction === "horizontally" ? (["x", "width"] as const) : (["y", "height"] as const);
  const boxes = selectedBoxes().sort((a, b) => a[start] - b[start]);
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
  moveCards("Distribute", moved);
}

export function nudgeSelection(by: Point): void {
  const boxes = selectedBoxes();
  const moved = Object.fromEntries(boxes.map((box) => [box.id, { x: box.x + by.x, y: box.y + by.y }]));
  moveCards(moveLabel(Object.keys(moved)), moved, `nudge ${Object.keys(moved).join()}`);
}

export function addNote(at: Point): void {
  const { canvas } = useCanvasFile.getState();
  const id = freeNoteId(canvas);
  changeCanvas("Add note", { ...canvas, notes: [...canvas.notes, { id, ...snap(at), width: 280, height: 64, text: "" }] });
  selectResources([id]);
  beginRename(id);
}

export function changeNote(id: string, change: Partial<Canvas["notes"][number]>): void {
  const { canvas } = useCanvasFile.getState();
  changeCanvas("Change note", { ...canvas, notes: canvas.notes.map((note) => (note.id === id ? { ...note, ...change } : note)) });
}

interface SelectedBox extends Point {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

function selectedBoxes(): SelectedBox[] {
  const { resources: ids } = useSelection.getState();
  const { positions } = usePlacement.getState();
  const cards = useDesign
    .getState()
    .design.resources.filter((resource) => ids.includes(resource.id))
    .map((resource) => ({ id: resource.id, ...(positions[resource.id] ?? { x: 0, y: 0 }), ...cardSize(resource) }));
  const notes = useCanvasFile.getState().canvas.notes.filter((note) => ids.includes(note.id));
  return [...cards, ...notes];
}

function savePositions(changed: Positions): void {
  setCanvas({ ...useCanvasFile.getState().canvas, nodes: positionsWith(changed) });
}

/** Undo brings them back with the resources, since it goes back to the canvas as it was before the change. */
function forgetPositions(ids: readonly string[]): void {
  const { canvas } = useCanvasFile.getState();
  const nodes = Object.fromEntries(Object.entries(canvas.nodes).filter(([id]) => !ids.includes(id)));
  if (Object.keys(nodes).length < Object.keys(canvas.nodes).length) setCanvas({ ...canvas, nodes });
}

/** The first free one of `Queue`, `Queue2`… that is not in `taken` either. */
function freeId(prefix: string, taken: ReadonlySet<string> = new Set()): string {
  const template = useDesign.getState().document?.value ?? {};
  let id = freeLogicalId(template, prefix);
  for (let number = 2; taken.has(id); number += 1) id = freeLogicalId(template, `${prefix}${number}`);
  return id;
}

function freeNoteId(canvas: Canvas): string {
  const taken = new Set(canvas.notes.map((note) => note.id));
  let number = 1;
  while (taken.has(`note:${number}`)) number += 1;
  return `note:${number}`;
}

async function createFiles(item: PaletteItem, fill: Readonly<Record<string, string>>): Promise<void> {
  const existing = new Set(useProject.getState().project?.files.map((file) => file.path));
  for (const file of item.entry.files ?? []) {
    const path = fillText(file.path, fill);
    // A file that is there already is somebody's work.
    if (!existing.has(path)) await attempt(`Create ${path}`, () => call("file.create", { path, text: fillText(file.text, fill) }));
  }
}

function filled(value: JsonObject, fill: Readonly<Record<string, string>>): JsonObject {
  return JSON.parse(fillText(JSON.stringify(value), fill)) as JsonObject;
}

function fillText(text: string, fill: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(id|file)\}/g, (whole, name: string) => fill[name] ?? whole);
}
