import { isJsonObject, type Json } from "../json.ts";
import type { TemplatePath } from "./design.ts";
import { globalsOf, type TemplateView } from "./view.ts";

/**
 * Where in the template's text a node stands that was found in a resource as it takes effect: in the branch of an Fn::If that counts,
 * or in Globals. A path that stands nowhere (a loop or an included file makes it) stays as it is.
 */
export function writtenPlace(view: TemplateView, path: TemplatePath): TemplatePath {
  const own = placeBelow(view, path);
  if (own !== undefined) return own;
  const [section, id, properties, ...rest] = path;
  const resource = section === "Resources" && properties === "Properties" ? view.resources.get(String(id)) : undefined;
  const inherited = resource && globalsOf[resource.type];
  return (inherited === undefined ? undefined : placeBelow(view, ["Globals", inherited, ...rest])) ?? path;
}

function placeBelow(view: TemplateView, path: TemplatePath): TemplatePath | undefined {
  const place: (string | number)[] = [];
  let here: Json | undefined = view.original;
  let isAsGiven = true;
  for (const key of path) {
    for (let choice = chosenBranch(view, here, key); choice !== undefined; choice = chosenBranch(view, here, key)) {
      place.push("Fn::If", choice.index);
      here = choice.value;
      isAsGiven = false;
    }
    here = child(here, key);
    if (here === undefined) return undefined;
    place.push(key);
  }
  return isAsGiven ? path : place;
}

/** The branch of an Fn::If that the present parameters choose, unless the path itself leads into it. */
function chosenBranch(view: TemplateView, value: Json | undefined, key: string | number): { index: number; value: Json } | undefined {
  const choice = isJsonObject(value) && key !== "Fn::If" ? value["Fn::If"] : undefined;
  if (!Array.isArray(choice) || typeof choice[0] !== "string") return undefined;
  const isTrue = view.known.condition(choice[0]);
  const index = isTrue === false ? 2 : 1;
  const branch = choice[index];
  return isTrue === undefined || branch === undefined ? undefined : { index, value: branch };
}

function child(value: Json | undefined, key: string | number): Json | undefined {
  if (Array.isArray(value)) return value[Number(key)];
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
