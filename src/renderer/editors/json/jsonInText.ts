// Payloads and bodies are often JSON inside a JSON text. For people it is opened; before it is sent it becomes text again.
import { isJsonObject, type Json } from "../../../model/json.ts";

export interface OpenedJson {
  readonly value: Json;
  /** Paths (keys joined with \n) whose value was text, with the spaces that it was indented by. */
  readonly opened: ReadonlyMap<string, number>;
}

export function openJsonInText(value: Json): OpenedJson {
  const opened = new Map<string, number>();
  const open = (part: Json, path: string): Json => {
    if (typeof part === "string") {
      const inner = parsedObject(part);
      if (inner === undefined) return part;
      opened.set(path, inner.indent);
      return open(inner.value, path);
    }
    if (Array.isArray(part)) return part.map((item, index) => open(item, `${path}\n${index}`));
    if (!isJsonObject(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, open(item, `${path}\n${key}`)]));
  };
  return { value: open(value, ""), opened };
}

export function closeJsonInText(value: Json, opened: ReadonlyMap<string, number>): Json {
  const close = (part: Json, path: string): Json => {
    let closed = part;
    if (Array.isArray(part)) closed = part.map((item, index) => close(item, `${path}\n${index}`));
    else if (isJsonObject(part))
      closed = Object.fromEntries(Object.entries(part).map(([key, item]) => [key, close(item, `${path}\n${key}`)]));
    const indent = opened.get(path);
    return indent !== undefined && typeof closed !== "string" ? JSON.stringify(closed, null, indent) : closed;
  };
  return close(value, "");
}

/** Only what would come out the same when written again is opened, so that sending without an edit changes nothing. */
function parsedObject(text: string): { readonly value: Json; readonly indent: number } | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value = JSON.parse(text) as Json;
    const indent = indents.find((spaces) => JSON.stringify(value, null, spaces) === text);
    return indent === undefined ? undefined : { value, indent };
  } catch {
    return undefined;
  }
}

const indents = [0, 2, 4];
