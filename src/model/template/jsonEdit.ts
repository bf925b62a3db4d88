// What an edit means for the value, apart from the text: the truth that the spliced text is checked against.
import type { TemplatePath } from "../design/design.ts";
import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";
import type { TemplateEdit } from "./document.ts";
import { put } from "./value.ts";

/** Maps and lists that one run of edits made: only it knows them, so that the next edit may change them in place. */
type Own = Set<Json>;

/**
 * The value after the edit; undefined when the edit has nothing to work on. The given value stays as it is, but for what is in `own`,
 * which several edits after each other share.
 */
export function applyEdit(value: Json, edit: TemplateEdit, own: Own = new Set()): Json | undefined {
  switch (edit.type) {
    case "set":
      return change(value, edit.path, () => edit.value, own);
    case "append":
      return change(value, edit.path, (old) => appended(old, edit.value), own);
    case "remove":
      return changeParent(value, edit.path, removeChild, own);
    case "renameKey":
      return changeParent(value, edit.path, (parent, last) => renameChild(parent, last, edit.key), own);
  }
}

/** A list takes one more; a single value becomes the first of two. */
export function appended(old: Json | undefined, value: Json): Json {
  if (Array.isArray(old)) return [...old, value];
  return old === undefined || old === null ? [value] : [old, value];
}

function change(value: Json | undefined, path: TemplatePath, make: (old: Json | undefined) => Json, own: Own): Json | undefined {
  const [segment, ...rest] = path;
  if (segment === undefined) return make(value);
  if (Array.isArray(value) && (typeof segment !== "number" || segment < 0 || segment > value.length)) return undefined;
  const parent = Array.isArray(value) || isJsonObject(value) ? value : {};
  const changed = change(childOf(parent, segment), rest, make, own);
  return changed === undefined ? undefined : withChild(parent, segment, changed, own);
}

function changeParent(
  value: Json,
  path: TemplatePath,
  make: (parent: Json, last: string | number) => Json | undefined,
  own: Own,
): Json | undefined {
  const [segment, ...rest] = path;
  if (segment === undefined) return undefined;
  if (rest.length === 0) return make(value, segment);
  const child = childOf(value, segment);
  const changed = child === undefined ? undefined : changeParent(child, rest, make, own);
  return changed === undefined ? undefined : withChild(value, segment, changed, own);
}

function withChild(parent: Json, segment: string | number, child: Json, own: Own): Json {
  const copy = own.has(parent) ? parent : copied(parent);
  own.add(copy);
  if (Array.isArray(copy)) copy[Number(segment)] = child;
  else if (isJsonObject(copy)) put(copy, String(segment), child);
  return copy;
}

function copied(value: Json): Json {
  if (Array.isArray(value)) return [...value];
  const copy: JsonObject = {};
  if (isJsonObject(value)) for (const [key, item] of Object.entries(value)) put(copy, key, item ?? null);
  return copy;
}

export function childOf(value: Json | undefined, segment: string | number): Json | undefined {
  if (Array.isArray(value)) return typeof segment === "number" ? value[segment] : undefined;
  return isJsonObject(value) && Object.hasOwn(value, String(segment)) ? value[String(segment)] : undefined;
}

function removeChild(parent: Json, last: string | number): Json | undefined {
  if (childOf(parent, last) === undefined) return undefined;
  if (Array.isArray(parent)) return parent.toSpliced(Number(last), 1);
  const result: JsonObject = {};
  for (const [name, item] of Object.entries(parent as JsonObject)) if (name !== String(last)) put(result, name, item);
  return result;
}

function renameChild(parent: Json, last: string | number, key: string): Json | undefined {
  if (!isJsonObject(parent) || !Object.hasOwn(parent, String(last)) || Object.hasOwn(parent, key)) return undefined;
  const result: JsonObject = {};
  for (const [name, item] of Object.entries(parent)) put(result, name === String(last) ? key : name, item);
  return result;
}

/** Equal as JSON values; the order of keys does not matter. */
export function isSame(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  }
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]));
}
