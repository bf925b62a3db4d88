// A resource comes onto the canvas, with its first code, and is named at once: as if it had been drawn under that name.
import type { DesignCommand } from "../../model/design/design.ts";
import type { JsonObject } from "../../model/json.ts";
import { cardSize } from "../../model/design/cardSize.ts";
import { needsRoute } from "../../model/design/connectable.ts";
import type { Point } from "../../model/design/curve.ts";
import { rulesFrom } from "../../model/design/plainConnections.ts";
import { fileName, pathName } from "../../model/design/logicalIds.ts";
import { call } from "../app/api.ts";
import { changeDesign, changeLastStep, designContext, useDesign } from "../app/stores/design.ts";
import { documentOf } from "../app/stores/documents.ts";
import { useHistory, type Step } from "../app/stores/history.ts";
import { attempt } from "../app/stores/notices.ts";
import { useProject } from "../app/stores/project.ts";
import { selectResources } from "../app/stores/selection.ts";
import { t } from "../app/texts/texts.ts";
import { followRename, freeId, renameResource, savePositions, snap } from "./designActions.ts";
import type { PaletteItem } from "./paletteItems.ts";
import { placeAhead, usePlacement } from "./placement.ts";
import { beginRename } from "./renaming.ts";

/** How a resource is drawn under any name. */
interface Drawing {
  readonly item: PaletteItem;
  label(id: string): string;
  commands(id: string): readonly DesignCommand[];
}

/** What was drawn last, while nothing else has been done since. */
interface Drawn {
  readonly id: string;
  readonly drawing: Drawing;
  readonly step: Step | undefined;
  /** Of its code, the files that were made for it. */
  readonly files: Promise<readonly FirstFile[]>;
}

interface FirstFile {
  readonly path: string;
  readonly text: string;
}

let drawn: Drawn | null = null;

/** Adds a resource from the palette with its files (a first handler), and lets the person type its name at once. */
export function addResource(item: PaletteItem, at: Point): void {
  draw({ item, label: (id) => t("Add {{id}}", { id }), commands: (id) => [addCommand(item, id)] }, at);
}

/** Adds one of CloudFormation's other types, without properties: Problems says which it needs. */
export function addOtherType(type: string, at: Point): void {
  const id = freeId(type.split("::").at(-1) ?? "Resource");
  placeAhead({ [id]: snap(at) });
  if (!changeDesign(t("Add {{id}}", { id }), { type: "add", id, resourceType: type, properties: {} })) return;
  savePositions({ [id]: snap(at) });
  selectResources([id]);
  beginRename(id);
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
  const { resources } = useDesign.getState().design;
  const type = isBackward ? item.type.type : resources.find((resource) => resource.id === other)?.type;
  const isRouted = rulesFrom(type ?? "", designContext()).some((one) => one.id === rule && needsRoute(one));
  const connect = (id: string): DesignCommand => {
    const [from, to] = isBackward ? [id, other] : [other, id];
    return { type: "connect", from, to, rule, ...(isRouted ? { route: { method: "GET", path: `/${pathName(to)}` } } : {}) };
  };
  const size = cardSize({ routes: [] });
  // the line was dropped at the new card's near side
  const isLeft = at.x < (usePlacement.getState().positions[other]?.x ?? 0);
  const place = { x: isLeft ? at.x - size.width : at.x, y: at.y - size.height / 2 };
  const label = (id: string): string => t("Add {{id}}, connected with {{other}}", { id, other });
  draw({ item, label, commands: (id) => [addCommand(item, id), connect(id)] }, place);
}

/** Gives a resource another name. What was just drawn is drawn anew: its code and its route take the name too. */
export function nameResource(id: string, newId: string): void {
  const { past } = useHistory.getState();
  const last = drawn;
  drawn = null;
  if (last === null || last.id !== id || last.step !== past.at(-1) || isCodeOpen(last)) {
    renameResource(id, newId);
    return;
  }
  const { drawing, files } = last;
  const position = usePlacement.getState().positions[id];
  if (!changeLastStep(drawing.label(newId), ...drawing.commands(newId))) return;
  followRename(id, newId, position);
  void takeAlong(drawing.item, newId, files);
}

function draw(drawing: Drawing, at: Point): void {
  const id = freeId(drawing.item.entry.idPrefix);
  placeAhead({ [id]: snap(at) });
  if (!changeDesign(drawing.label(id), ...drawing.commands(id))) return;
  savePositions({ [id]: snap(at) });
  selectResources([id]);
  beginRename(id);
  drawn = { id, drawing, step: useHistory.getState().past.at(-1), files: createFiles(drawing.item, id) };
}

function addCommand(item: PaletteItem, id: string): DesignCommand {
  return {
    type: "add",
    id,
    resourceType: item.type.type,
    properties: filled(item.entry.properties, id),
    ...(item.entry.extra === undefined ? {} : { extra: filled(item.entry.extra, id) }),
  };
}

/** Somebody may be typing in it. */
function isCodeOpen({ id, drawing }: Drawn): boolean {
  return (drawing.item.entry.files ?? []).some((file) => documentOf(fillText(file.path, id)) !== undefined);
}

async function createFiles(item: PaletteItem, id: string): Promise<readonly FirstFile[]> {
  const existing = new Set(useProject.getState().project?.files.map((file) => file.path));
  const made: FirstFile[] = [];
  for (const file of item.entry.files ?? []) {
    const [path, text] = [fillText(file.path, id), fillText(file.text, id)];
    // A file that is there already is somebody's work.
    if (existing.has(path)) continue;
    if ((await attempt(t("Create {{path}}", { path }), () => call("file.create", { path, text }))) !== undefined) made.push({ path, text });
  }
  return made;
}

/** The first code again under the new name; the old goes, unless somebody has changed it. */
async function takeAlong(item: PaletteItem, id: string, before: Promise<readonly FirstFile[]>): Promise<void> {
  const old = await before;
  await createFiles(item, id);
  for (const { path, text } of old) {
    await attempt(t("Delete {{path}}", { path }), async () => {
      if ((await call("file.read", { path })).text === text) await call("file.remove", { path });
    });
  }
}

function filled(value: JsonObject, id: string): JsonObject {
  return JSON.parse(fillText(JSON.stringify(value), id)) as JsonObject;
}

function fillText(text: string, id: string): string {
  return text.replaceAll("{id}", id).replaceAll("{file}", fileName(id));
}
