// Copy and paste of cards and notes, within a project and from one to another: with their code, and with what they say of
// each other. It goes over the system's clipboard, so that another window, or an editor, has it too.
import { applyCommand } from "../../../model/design/applyCommand.ts";
import type { Point } from "../../../model/design/curve.ts";
import type { DesignCommand, DesignResource } from "../../../model/design/design.ts";
import { boundsOf } from "../../../model/design/geometry.ts";
import { whyNotLogicalId } from "../../../model/design/logicalIds.ts";
import { mentionedIds } from "../../../model/design/references.ts";
import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import { parseTemplate } from "../../../model/template/parseTemplate.ts";
import { useCanvasFile, setCanvas } from "../../app/stores/canvasFile.ts";
import { changeDesign, designContext, useDesign } from "../../app/stores/design.ts";
import { changeCanvas } from "../../app/stores/documents.ts";
import { attempt, notify } from "../../app/stores/notices.ts";
import { selectResources, useSelection } from "../../app/stores/selection.ts";
import { freeItemId, withMembers } from "../canvasItems.ts";
import { middleOfView } from "../canvasView.ts";
import { placeAhead, positionsWith, usePlacement } from "../placement.ts";
import { codeOf, writeCode } from "./code.ts";
import { cardsOfText, textOfCards, type CopiedCards } from "./copiedText.ts";
import { t } from "../../app/texts/texts.ts";

const offset = 28;
const maxNoteCharacters = 2_000;
/** Larger than any template that can be opened: not even looked into. */
const maxPastedCharacters = 4_000_000;
/** Of the last copy: pasted where it was taken from, it stands beside the original, each further one beside the last. */
let lastCopy: { readonly text: string; pasted: number } | null = null;
/** The copy that is on its way to the clipboard, or could not be put there: then it is pasted from here. */
let pending: Promise<string> | null = null;

export function copySelection(): void {
  const { chosen, cards } = selectedCards();
  if (chosen.length + cards.notes.length === 0) return;
  const text = codeOf(chosen).then((files) => textOfCards({ ...cards, files }));
  void text.then((copied) => (lastCopy = { text: copied, pasted: 0 }));
  pending = text;
  void writeClipboard(text).then((isWritten) => {
    if (isWritten && pending === text) pending = null;
  });
}

/** Copies of what is selected, a little lower and to the right, or as far off as said; functions share their code. */
export function duplicateSelection(by: Point = { x: offset, y: offset }): void {
  const { cards } = selectedCards();
  const corner = cornerOf(cards);
  if (corner !== null) addCards(cards, { x: corner.x + by.x, y: corner.y + by.y }, t("Duplicate"));
}

function selectedCards(): { readonly chosen: readonly DesignResource[]; readonly cards: CopiedCards } {
  const { canvas } = useCanvasFile.getState();
  const ids = new Set(withMembers(canvas, useSelection.getState().resources));
  const { positions } = usePlacement.getState();
  const chosen = useDesign.getState().design.resources.filter((resource) => ids.has(resource.id) && !resource.isImplicit);
  const notes = canvas.notes.filter(({ id }) => ids.has(id)).map(({ x, y, width, height, text }) => ({ x, y, width, height, text }));
  const resources = Object.fromEntries(chosen.map((resource) => [resource.id, writtenResource(resource)]));
  const places = Object.fromEntries(chosen.map(({ id }) => [id, positions[id] ?? { x: 0, y: 0 }]));
  return { chosen, cards: { resources, positions: places, files: {}, notes } };
}

export function cutSelection(remove: () => void): void {
  copySelection();
  remove();
}

/** As the clipboard has it, or as it was copied here where the clipboard cannot be read. `at`: where the upper left comes to stand. */
export async function pasteFromClipboard(at?: Point): Promise<void> {
  const text = await navigator.clipboard.readText().catch(() => lastCopy?.text ?? "");
  await pasteText(text, at);
}

/** Cards, a piece of a template, or any words, which become a note. */
export async function pasteText(onClipboard: string, at?: Point): Promise<void> {
  const text = (await pending) ?? onClipboard;
  const cards = text.length > maxPastedCharacters ? null : cardsOfText(text);
  if (cards !== null) {
    await attempt(t("Paste"), () => pasteCards(cards, at ?? placeFor(cards, text)));
    return;
  }
  const words = text.trim();
  if (words === "") return;
  if (words.length > maxNoteCharacters) {
    notify({
      tone: "info",
      title: t("Not pasted"),
      detail: t("The clipboard holds {{count}} characters that are no piece of a template. Notes take {{maxNoteCharacters}}.", {
        count: words.length,
        maxNoteCharacters,
      }),
    });
    return;
  }
  const { canvas } = useCanvasFile.getState();
  const id = freeItemId(canvas, "note");
  const place = at ?? middleOfView();
  const height = Math.min(320, 28 + Math.ceil(words.length / 44 + words.split("\n").length) * 18);
  const note = { id, x: Math.round(place.x), y: Math.round(place.y), width: 280, height, text: words };
  changeCanvas(t("Paste a note"), { ...canvas, notes: [...canvas.notes, note] });
  selectResources([id]);
}

function placeFor(cards: CopiedCards, text: string): Point {
  const all = cornerOf(cards);
  if (lastCopy?.text === text && all !== null) {
    lastCopy.pasted += 1;
    return { x: all.x + offset * lastCopy.pasted, y: all.y + offset * lastCopy.pasted };
  }
  return middleOfView();
}

/** The upper left of all of them; null: nothing has a place. */
function cornerOf({ positions, notes }: CopiedCards): Point | null {
  return boundsOf([...Object.values(positions), ...notes].map(({ x, y }) => ({ x, y, width: 0, height: 0 })));
}

async function pasteCards(cards: CopiedCards, at: Point): Promise<void> {
  const renamedFiles = await writeCode(cards.files);
  addCards({ ...cards, resources: withCode(cards.resources, renamedFiles) }, at, t("Paste"));
}

function addCards(cards: CopiedCards, at: Point, word: string): void {
  const names = newNames(Object.keys(cards.resources));
  const resources = renamedTogether(cards.resources, names);
  const commands = Object.entries(resources).map(([id, resource]): DesignCommand => {
    const { Type: type, Properties: properties, ...extra } = resource;
    return { type: "add", id, resourceType: String(type), properties: isJsonObject(properties) ? properties : {}, extra };
  });
  const ids = Object.keys(resources);
  const label = t("{{word}} {{count}} resources", { count: ids.length, word, resources: Object.keys(cards.resources)[0] });
  const corner = cornerOf(cards) ?? at;
  const by = { x: at.x - corner.x, y: at.y - corner.y };
  const moved = ({ x, y }: Point): Point => ({ x: Math.round(x + by.x), y: Math.round(y + by.y) });
  const placed: Record<string, Point> = {};
  for (const [id, place] of Object.entries(cards.positions)) {
    const name = names.get(id);
    if (name !== undefined) placed[name] = moved(place);
  }
  placeAhead(placed);
  if (ids.length > 0 && !changeDesign(label, ...commands)) return;
  const { canvas } = useCanvasFile.getState();
  let notes = canvas.notes;
  for (const note of cards.notes) notes = [...notes, { ...note, ...moved(note), id: freeItemId({ ...canvas, notes }, "note") }];
  const next = { ...canvas, nodes: positionsWith(placed), notes };
  if (ids.length > 0) setCanvas(next);
  else changeCanvas(t("{{word}} a note", { word }), next);
  selectResources([...ids, ...notes.slice(canvas.notes.length).map(({ id }) => id)]);
  tellMissing(resources);
}

/** The name that a copy gets: its own where that is free. */
function newNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const template = useDesign.getState().document?.value ?? {};
  const taken = new Set<string>();
  const isTaken = (name: string): boolean => taken.has(name) || whyNotLogicalId(template, name) !== undefined;
  const names = new Map<string, string>();
  for (const id of ids) {
    let name = id;
    const base = `${id.replace(/Copy\d*$/, "")}Copy`;
    for (let number = 1; isTaken(name); number += 1) name = number === 1 ? base : `${base}${number}`;
    taken.add(name);
    names.set(id, name);
  }
  return names;
}

/** References among the copies lead to the copies; those to others stay. */
function renamedTogether(resources: Readonly<Record<string, JsonObject>>, names: ReadonlyMap<string, string>): Record<string, JsonObject> {
  const Transform = "AWS::Serverless-2016-10-31";
  let document = parseTemplate(JSON.stringify({ Transform, Resources: resources }), "pasted.json");
  // by way of names that nothing has, so that no two meet on the way
  const steps = [...names].filter(([id, name]) => id !== name);
  const between = (index: number): string => `ContrailPasted${index}`;
  for (const [index, [id]] of steps.entries())
    document = applyCommand(document, { type: "rename", id, newId: between(index) }, designContext());
  for (const [index, [, name]] of steps.entries())
    document = applyCommand(document, { type: "rename", id: between(index), newId: name }, designContext());
  const section = document.value["Resources"];
  return isJsonObject(section)
    ? Object.fromEntries(Object.entries(section).filter((entry): entry is [string, JsonObject] => isJsonObject(entry[1])))
    : {};
}

/** Handlers whose file had to get another name are called by it. */
function withCode(
  resources: Readonly<Record<string, JsonObject>>,
  renamed: ReadonlyMap<string, string>,
): Readonly<Record<string, JsonObject>> {
  if (renamed.size === 0) return resources;
  return Object.fromEntries(
    Object.entries(resources).map(([id, resource]) => {
      const properties = resource["Properties"];
      const handler = isJsonObject(properties) ? properties["Handler"] : undefined;
      if (!isJsonObject(properties) || typeof handler !== "string") return [id, resource];
      const module = handler.slice(0, handler.lastIndexOf("."));
      for (const [path, other] of renamed) {
        const [before, after] = [withoutEnding(path), withoutEnding(other)];
        if (before !== module && !before.endsWith(`/${module}`)) continue;
        const Handler = module + after.slice(before.length) + handler.slice(module.length);
        return [id, { ...resource, Properties: { ...properties, Handler } }];
      }
      return [id, resource];
    }),
  );
}

function withoutEnding(path: string): string {
  return path.replace(/\.[^./]+$/, "");
}

function tellMissing(resources: Readonly<Record<string, JsonObject>>): void {
  const here = resourcesHere();
  const template = useDesign.getState().document?.value ?? {};
  const declared = isJsonObject(template["Parameters"]) ? template["Parameters"] : {};
  const missing = new Set(
    Object.values(resources)
      .flatMap((resource) => mentionedIds(resource))
      .filter((id) => !id.startsWith("AWS::") && here[id] === undefined && declared[id] === undefined),
  );
  if (missing.size === 0) return;
  notify({
    tone: "info",
    title: t("What was pasted names what is not here"),
    detail: t("{{missing}}: add it, or see Problems for where it is named.", { missing: [...missing].join(", ") }),
  });
}

function resourcesHere(): JsonObject {
  const section = useDesign.getState().document?.value["Resources"];
  return isJsonObject(section) ? section : {};
}

/** With Metadata, DependsOn, Condition. */
function writtenResource({ id, type, properties }: DesignResource): JsonObject {
  const written = resourcesHere()[id];
  const { Properties: _properties, ...rest } = isJsonObject(written) ? written : { Type: type };
  return Object.keys(properties).length === 0 ? rest : { ...rest, Properties: properties };
}

async function writeClipboard(text: Promise<string>): Promise<boolean> {
  const blob = text.then((copied) => new Blob([copied], { type: "text/plain" }));
  return navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]).then(
    () => true,
    // a page without the right to it still pastes what it has copied itself
    () => false,
  );
}
