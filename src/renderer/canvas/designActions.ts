// What a person does to the design on the canvas: each one is one step of undo.
import type { Canvas, DesignCommand } from "../../model/design/design.ts";
import { card, cardSize } from "../../model/design/cardSize.ts";
import { freeLogicalId } from "../../model/design/logicalIds.ts";
import { setCanvas, useCanvasFile } from "../app/stores/canvasFile.ts";
import { changeDesign, designContext, useDesign } from "../app/stores/design.ts";
import { changeCanvas } from "../app/stores/documents.ts";
import { notify } from "../app/stores/notices.ts";
import { clearSelection, selectResources, useSelection } from "../app/stores/selection.ts";
import type { Point } from "../../model/design/curve.ts";
import { allDefinitions } from "../app/resourceTypes.ts";
import { paletteItems } from "./paletteItems.ts";
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

export function renameResource(id: string, newId: string): boolean {
  if (newId === id) return true;
  if (!changeDesign(t("Rename {{id}} to {{newId}}", { id, newId }), { type: "rename", id, newId })) return false;
  followRename(id, newId, usePlacement.getState().positions[id]);
  return true;
}

/** The card stays where it was, in its groups, and selected. */
export function followRename(id: string, newId: string, position: Point | undefined): void {
  if (position !== undefined) {
    const { [id]: _old, ...rest } = positionsWith({ [newId]: position });
    setCanvas(withRenamed({ ...useCanvasFile.getState().canvas, nodes: rest }, id, newId));
  }
  selectResources([newId]);
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

export function savePositions(changed: Positions): void {
  setCanvas({ ...useCanvasFile.getState().canvas, nodes: positionsWith(changed) });
}

/** The first free one of `Queue`, `Queue2`… that is not in `taken` either. */
export function freeId(prefix: string, taken: ReadonlySet<string> = new Set()): string {
  const template = useDesign.getState().document?.value ?? {};
  let id = freeLogicalId(template, prefix);
  for (let number = 2; taken.has(id); number += 1) id = freeLogicalId(template, `${prefix}${number}`);
  return id;
}
