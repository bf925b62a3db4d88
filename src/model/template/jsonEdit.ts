// What an edit means for the value, apart from the text: the truth that the spliced text is checked against.
import type { TemplatePath } from "../design/design.ts";
import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";
import type { TemplateEdit } from "./document.ts";
import { put } from "./value.ts";

/** The value after the edit; undefined when the edit has nothing to work on. The given value stays as it is. */
export function applyEdit(value: Json, edit: TemplateEdit): Json | undefined {
  switch (edit.type) {
    case "set":
      return change(value, edit.path, () => edit.value);
    case "append":
      return change(value, edit.path, (old) => appended(old, edit.value));
    case "remove":
      return edit.path.length === 0 ? undefined : changeParent(value, edit.path, removeChild);
    case "renameKey":
      return edit.path.length === 0 ? undefined : changeParent(value, edit.path, (parent, last) => renameChild(parent, last, edit.key));
  }
}

/** A list takes one more; a single value becomes the first of two. */
export function appended(old: Json | undefined, value: Json): Json {
  if (Array.isArray(old)) return [...old, value];
  return old === undefined || old === null ? [value] : [old, value];
}

function change(value: Json | undefined, path: TemplatePath, make: (old: Json | undefined) => Json): Json | undefined {
  const [segment, ...rest] = path;
  if (segment === undefined) return make(value);
  if (Array.isArray(value)) {
    if (typeof segment !== "number" || segment < 0 || segment > value.length) return undefined;
    const changed = change(value[segment], rest, make);
    return changed === undefined ? undefined : value.toSpliced(segment, 1, changed);
  }
  const parent: JsonObject = isJsonObject(value) ? value : {};
  const key = String(segment);
  const changed = change(Object.hasOwn(parent, key) ? parent[key] : undefined, rest, make);
  if (changed === undefined) return undefined;
  const result: JsonObject = {};
  for (const [name, item] of Object.entries(parent)) put(result, name, item);
  put(result, key, changed);
  return result;
}

function changeParent(value: Json, path: TemplatePath, make: (parent: Json, last: string | number) => Json | undefined): Json | undefined {
  const [segment, ...rest] = path;
  if (segment === undefined) return undefined;
  if (rest.length === 0) return make(value, segment);
  const child = childOf(value, segment);
  if (child === undefined) return undefined;
  const changed = changeParent(child, rest, make);
  if (changed === undefined) return undefined;
  if (Array.isArray(value)) return value.toSpliced(Number(segment), 1, changed);
  const result: JsonObject = {};
  for (const [name, item] of Object.entries(value as JsonObject)) put(result, name, name === String(segment) ? changed : item);
  return result;
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
