// What a person does to the design on the canvas: each one is one step of undo.
import type { Canvas, DesignCommand } from "../../model/design/design.ts";
import type { JsonObject } from "../../model/json.ts";
import { card, cardSize } from "../../model/design/cardSize.ts";
import { needsRoute } from "../../model/design/connectable.ts";
import { rulesFrom } from "../../model/design/plainConnections.ts";
import { fileName, freeLogicalId, pathName } from "../../model/design/logicalIds.ts";
import { call } from "../app/api.ts";
import { setCanvas, useCanvasFile } from "../app/stores/canvasFile.ts";
import { changeDesign, designContext, useDesign } from "../app/stores/design.ts";
import { changeCanvas } from "../app/stores/documents.ts";
import { attempt, notify } from "../app/stores/notices.ts";
import { useProject } from "../app/stores/project.ts";
import { clearSelection, selectResources, useSelection } from "../app/stores/selection.ts";
import type { Point } from "../../model/design/curve.ts";
import { allDefinitions } from "../app/resourceTypes.ts";
import { paletteItems, type PaletteItem } from "./paletteItems.ts";
import { freeItemId, withMembers, withoutItems, withoutPositions, withRenamed } from "./canvasItems.ts";
import { positionsWith, usePlacement, type Positions } from "./placement.ts";
import { beginRename } from "./renaming.ts";
import { shownNow } from "./shown.ts";
import { t } from "../app/texts/texts.ts";

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
  if (changeDesign(t("Add {{id}}", { id }), addCommand(item, id))) settleNew(item, id, at);
}

/** Adds one of CloudFormation's other types, without properties: Problems says which it needs. */
export function addOtherType(type: string, at: Point): void {
  const id = freeId(type.split("::").at(-1) ?? "Resource");
  if (!changeDesign(t("Add {{id}}", { id }), { type: "add", id, resourceType: type, properties: {} })) return;
  savePositions({ [id]: snap(at) });
  selectResources([id]);
  beginRename(id);
}

/** Types that the palette does not have, by words that their names hold. */
export function otherTypes(words: string, most: number): readonly string[] {
  const wanted = words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.trim().length < 3) return [];
  const offered = new Set(paletteItems(allDefinitions()).map((item) => item.type.type));
  const found: string[] = [];
  for (const type of designContext().schemas?.typeNames ?? []) {
    if (found.length >= most) break;
    if (!offered.has(type) && wanted.every((word) => type.toLowerCase().includes(word))) found.push(type);
  }
  return found;
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
  if (changeDesign(t("Add {{id}}, connected with {{other}}", { id, other }), addCommand(item, id), connect)) settleNew(item, id, place);
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
  if (!changeDesign(t("Rename {{id}} to {{newId}}", { id, newId }), { type: "rename", id, newId })) return false;
  if (position !== undefined) {
    const { [id]: _old, ...rest } = positionsWith({ [newId]: position });
    setCanvas(withRenamed({ ...useCanvasFile.getState().canvas, nodes: rest }, id, newId));
  }
  selectResources([newId]);
  return true;
}

/** Deletes what is selected: resources, notes, groups with what is in them, frames; or the one connection. One step. */
export function deleteSelection(): void {
  const { resources: selected, connection } = useSelection.getState();
  if (connection !== null) {
    deleteConnection(connection);
    return;
  }
  const { canvas } = useCanvasFile.getState();
  const { design } = useDesign.getState();
  const gone = new Set([...selected, ...withMembers(canvas, selected)]);
  const ids = design.resources.filter((resource) => gone.has(resource.id) && !resource.isImplicit).map((resource) => resource.id);
  const kept = withoutItems(canvas, gone);
  const isCanvasChanged = kept !== canvas;
  const label = deletionLabel(ids, selected);
  if (ids.length > 0) {
    if (!changeDesign(label, { type: "remove", ids })) return;
    setCanvas(withoutPositions(kept, ids));
  } else if (isCanvasChanged) changeCanvas(label, kept);
  if (ids.length > 0 || isCanvasChanged) clearSelection();
  else if (selected.length > 0) {
    notify({
      tone: "info",
      title: t("This is not written in the template"),
      detail: t("SAM makes it because a function's event needs it. Remove that event instead."),
    });
  }
}

/** A line that stands for several is cut as a whole. */
function deleteConnection(drawn: string): void {
  const several = shownNow().bundles.get(drawn);
  const commands = (several?.map(({ id }) => id) ?? [drawn]).map((id): DesignCommand => ({ type: "disconnect", connection: id }));
  if (changeDesign(several === undefined ? t("Disconnect") : t("Disconnect {{count}}", { count: several.length }), ...commands))
    clearSelection();
}

function deletionLabel(ids: readonly string[], selected: readonly string[]): string {
  const [id] = ids;
  if (id !== undefined) return t("Delete {{count}} resources", { count: ids.length, id });
  const [item = ""] = selected;
  if (selected.length > 1) return t("Delete {{count}} from the canvas", { count: selected.length });
  if (item.startsWith("group:")) return t("Delete a group");
  return item.startsWith("frame:") ? t("Delete a frame") : t("Delete a note");
}

export function addNote(at: Point): void {
  const { canvas } = useCanvasFile.getState();
  const id = freeItemId(canvas, "note");
  changeCanvas(t("Add note"), { ...canvas, notes: [...canvas.notes, { id, ...snap(at), width: 280, height: 64, text: "" }] });
  selectResources([id]);
  beginRename(id);
}

export function changeNote(id: string, change: Partial<Canvas["notes"][number]>): void {
  const { canvas } = useCanvasFile.getState();
  changeCanvas(t("Change note"), { ...canvas, notes: canvas.notes.map((note) => (note.id === id ? { ...note, ...change } : note)) });
}

function savePositions(changed: Positions): void {
  setCanvas({ ...useCanvasFile.getState().canvas, nodes: positionsWith(changed) });
}

/** The first free one of `Queue`, `Queue2`… that is not in `taken` either. */
function freeId(prefix: string, taken: ReadonlySet<string> = new Set()): string {
  const template = useDesign.getState().document?.value ?? {};
  let id = freeLogicalId(template, prefix);
  for (let number = 2; taken.has(id); number += 1) id = freeLogicalId(template, `${prefix}${number}`);
  return id;
}

async function createFiles(item: PaletteItem, fill: Readonly<Record<string, string>>): Promise<void> {
  const existing = new Set(useProject.getState().project?.files.map((file) => file.path));
  for (const file of item.entry.files ?? []) {
    const path = fillText(file.path, fill);
    // A file that is there already is somebody's work.
    if (!existing.has(path))
      await attempt(t("Create {{path}}", { path }), () => call("file.create", { path, text: fillText(file.text, fill) }));
  }
}

function filled(value: JsonObject, fill: Readonly<Record<string, string>>): JsonObject {
  return JSON.parse(fillText(JSON.stringify(value), fill)) as JsonObject;
}

function fillText(text: string, fill: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(id|file)\}/g, (whole, name: string) => fill[name] ?? whole);
}
