// JSON for a small editor: what is short stands on one line, `"seat": { "S": "C8" }`, so that a whole message is seen at once.
import type { Json } from "../../../model/json.ts";

const mostCharactersOfLine = 56;

export function compactJson(value: Json, indent = ""): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item) => compactJson(item, inner))
    : Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${compactJson(item, inner)}`);
  if (parts.length === 0) return isList ? "[]" : "{}";
  const line = parts.join(", ");
  // the message itself is always open
  if (indent !== "" && line.length <= mostCharactersOfLine && !line.includes("\n")) return isList ? `[${line}]` : `{ ${line} }`;
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  return `${open}\n${parts.map((part) => inner + part).join(",\n")}\n${indent}${close}`;
}
