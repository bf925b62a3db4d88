import { isJsonObject, type Json } from "../../json.ts";
import type { TemplateDocument, TemplateEdit } from "../../template/document.ts";
import type { TemplatePath } from "../design.ts";
import { at } from "../view.ts";

/** Takes nodes out of a template, and with them the maps and lists of a resource that are left empty. */
export function removePaths(document: TemplateDocument, paths: readonly TemplatePath[]): TemplateDocument {
  const widened = new Map<string, TemplatePath>();
  const gone = new Set(paths.map(keyOf));
  for (const path of paths) {
    const widest = withEmptyParents(document.value, path, gone);
    widened.set(keyOf(widest), widest);
    gone.add(keyOf(widest));
  }
  const outermost = [...widened.values()].filter((path) => !hasAncestorIn(path, widened));
  const edits = outermost.sort(laterFirst).map((path): TemplateEdit => ({ type: "remove", path }));
  return edits.length === 0 ? document : document.edit(edits);
}

/** Properties that hold an OpenAPI document, which has paths even where it has no path. */
const documents: ReadonlySet<string> = new Set(["DefinitionBody", "Body"]);

/** Climbs while everything in the parent goes: but the section, the resource and what stands right below it stay. */
function withEmptyParents(template: Json, path: TemplatePath, gone: Set<string>): TemplatePath {
  let here = path;
  // An empty section is an error to CloudFormation, but without Resources there is no template.
  const least = path[0] === "Resources" ? 3 : 1;
  while (here.length > least) {
    const parent = here.slice(0, -1);
    if (parent.at(-1) === "paths" && documents.has(String(parent.at(-2)))) return here;
    const value = at(template, ...parent);
    const keys: (string | number)[] = Array.isArray(value) ? value.map((_, index) => index) : isJsonObject(value) ? Object.keys(value) : [];
    if (keys.length === 0 || !keys.every((key) => gone.has(keyOf([...parent, key])))) return here;
    gone.add(keyOf(parent));
    here = parent;
  }
  return here;
}

function hasAncestorIn(path: TemplatePath, paths: ReadonlyMap<string, TemplatePath>): boolean {
  return path.some((_, length) => length > 0 && paths.has(keyOf(path.slice(0, length))));
}

/** Items of a list go from the end, so that the indexes of the others stay true. */
function laterFirst(a: TemplatePath, b: TemplatePath): number {
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const [left, right] = [a[index], b[index]];
    if (typeof left === "number" && typeof right === "number" && left !== right) return right - left;
  }
  return 0;
}

function keyOf(path: TemplatePath): string {
  return path.join("\u0000");
}
