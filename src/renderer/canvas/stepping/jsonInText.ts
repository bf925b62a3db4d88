// Payloads and bodies are often JSON inside a JSON text. For people it is opened; before it is sent it becomes text again.
import { isJsonObject, type Json } from "../../../model/json.ts";

export interface OpenedJson {
  readonly value: Json;
  /** Paths (keys joined with \n) whose value was text. */
  readonly opened: ReadonlySet<string>;
}

export function openJsonInText(value: Json): OpenedJson {
  const opened = new Set<string>();
  const open = (part: Json, path: string): Json => {
    if (typeof part === "string") {
      const inner = parsedObject(part);
      if (inner === undefined) return part;
      opened.add(path);
      return open(inner, path);
    }
    if (Array.isArray(part)) return part.map((item, index) => open(item, `${path}\n${index}`));
    if (!isJsonObject(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, open(item, `${path}\n${key}`)]));
  };
  return { value: open(value, ""), opened };
}

export function closeJsonInText(value: Json, opened: ReadonlySet<string>): Json {
  const close = (part: Json, path: string): Json => {
    let closed = part;
    if (Array.isArray(part)) closed = part.map((item, index) => close(item, `${path}\n${index}`));
    else if (isJsonObject(part))
      closed = Object.fromEntries(Object.entries(part).map(([key, item]) => [key, close(item, `${path}\n${key}`)]));
    return opened.has(path) && typeof closed !== "string" ? JSON.stringify(closed) : closed;
  };
  return close(value, "");
}

/** Only what would come out the same when written again is opened, so that sending without an edit changes nothing. */
function parsedObject(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value = JSON.parse(text) as Json;
    return JSON.stringify(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}
