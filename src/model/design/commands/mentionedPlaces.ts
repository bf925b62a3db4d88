// What goes with a name that is no more: the smallest part of the text that then says nothing any longer.
import type { Json, JsonObject } from "../../json.ts";
import type { TemplateDocument } from "../../template/document.ts";
import { CommandError } from "../commandError.ts";
import type { TemplatePath } from "../design.ts";
import { isGlue, isHeldByMany } from "../kinds.ts";
import { allReferences, type Reference } from "../references.ts";
import { at } from "../view.ts";
import { placeOf } from "./disconnect.ts";
import { words, type Words } from "../../words.ts";

/**
 * Places to remove with names that go. Throws CommandError where a name stands in something that a person has to decide about:
 * a property that would mean something else without it.
 */
export function placesOf(document: TemplateDocument, isGone: (name: string) => boolean, others: readonly TemplatePath[]): TemplatePath[] {
  const removed = new Set(others.map(keyOf));
  const isRemoved = (path: TemplatePath): boolean => path.some((_, index) => removed.has(keyOf(path.slice(0, index + 1))));
  const found: TemplatePath[] = [];
  for (const reference of allReferences(document.value)) {
    const { id, attribute = "" } = reference;
    const isNamed = isGone(id) || isGone(`${id}.${attribute.split(".")[0] ?? ""}`);
    if (!isNamed || !counts(reference.path) || isRemoved(reference.path)) continue;
    const place = placeToRemove(document.value, reference.path, isRemoved);
    if (place === undefined) throw new CommandError(refusalOf(document, reference));
    found.push(place);
    removed.add(keyOf(place));
  }
  return found;
}

function counts([section]: TemplatePath): boolean {
  return section === "Resources" || section === "Outputs" || section === "Globals";
}

function refusalOf(document: TemplateDocument, { id, path }: Reference): Words {
  const [section, holder, ...where] = outsideFunctions(path);
  const who = section === "Resources" ? (holder === undefined ? words("a loop") : String(holder)) : String(section);
  const inside = section === "Resources" ? where : [holder, ...where];
  return words("{{id}} would be gone, but {{who}} names it{{inside}}: change that first, in {{place}}.", {
    id,
    who,
    inside: inside.length === 0 ? "" : ` (${inside.join(".")})`,
    place: placeOf(document, path),
  });
}

/** Up to the outermost function that the path leads into. */
function outsideFunctions(path: TemplatePath): TemplatePath {
  const inside = path.findIndex((part) => part === "Ref" || (typeof part === "string" && part.startsWith("Fn::")));
  return inside < 0 ? path : path.slice(0, inside);
}

/** Lists that may as well be absent. */
const optionalLists: ReadonlySet<string> = new Set(["Policies", "ManagedPolicyArns", "Layers", "Tags", "DependsOn"]);
/** Maps of whose entries each stands for itself. */
const openMaps: ReadonlySet<string> = new Set(["Variables", "Tags"]);

function placeToRemove(template: JsonObject, mention: TemplatePath, isRemoved: (path: TemplatePath) => boolean): TemplatePath | undefined {
  let here = outsideFunctions(mention);
  if (here[0] === "Outputs") return here.slice(0, 2);
  const type = String(at(template, "Resources", here[1] ?? "", "Type"));
  if (here[0] === "Resources") {
    if (isGlue(type) && !isHeldByMany(type) && (here[2] === "Properties" || here[2] === "DependsOn") && type !== connector)
      return here.slice(0, 2);
    if (here[2] === "Connectors" && here.at(-1) === "Id") return endOfConnector(template, here, 4) ?? here.slice(0, 4);
    if (type === connector && here.at(-1) === "Id") return endOfConnector(template, here, 2) ?? here.slice(0, 2);
    if (here[2] === "Properties" && here[3] === "Events" && here.length > 5)
      return here.slice(0, here[7] === undefined ? 5 : eventLength(here));
    if (
      here[2] === "Properties" &&
      here[3] === "Policies" &&
      typeof here[4] === "number" &&
      !isDocument(at(template, ...here.slice(0, 5)))
    ) {
      return here.slice(0, 5);
    }
  }
  for (;;) {
    const [parentKey, key] = [here.at(-2), here.at(-1)];
    const parent = at(template, ...here.slice(0, -1));
    if (here.length <= 2) return undefined;
    if (Array.isArray(parent)) {
      const left = parent.some((_, index) => index !== key && !isRemoved([...here.slice(0, -1), index]));
      if (left || optionalLists.has(String(parentKey))) return here;
    } else if (key === "DependsOn" || openMaps.has(String(parentKey))) return here;
    else if (!(key === "Resource" && at(parent, "Effect") !== undefined) && key !== "Statement" && key !== "PolicyDocument")
      return undefined;
    // A statement about nothing, a document without statements, a policy without a document: what holds it goes.
    here = here.slice(0, -1);
    if (here.length === 3 && here[2] === "Properties") return here.slice(0, 2);
  }
}

const connector = "AWS::Serverless::Connector";

/** One of several destinations goes alone. */
function endOfConnector(template: JsonObject, path: TemplatePath, whole: number): TemplatePath | undefined {
  const end = path.slice(0, -1);
  const list = at(template, ...end.slice(0, -1));
  return end.length > whole && Array.isArray(list) && list.length > 1 ? end : undefined;
}

/** Where failures of an event go is a part of its own; without its source there is no event. */
function eventLength(path: TemplatePath): number {
  return path[6] === "DeadLetterConfig" || path[6] === "DestinationConfig" ? 7 : 5;
}

function isDocument(policy: Json | undefined): boolean {
  return at(policy, "Statement") !== undefined || at(policy, "PolicyDocument") !== undefined;
}

function keyOf(path: TemplatePath): string {
  return path.join("\u0000");
}
