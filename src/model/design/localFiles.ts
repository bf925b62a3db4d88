import type { Json } from "../json.ts";
import { parseTemplate } from "../template/parseTemplate.ts";
import type { TemplateView } from "./view.ts";

/** A text that was read before is not parsed again: documents change seldom, the design is derived at every keystroke. */
const parsed = new Map<string, Json | undefined>();
const maxParsed = 50;

/** A YAML or JSON document with short intrinsics in long form; undefined: it cannot be read. */
export function parsedText(text: string): Json | undefined {
  if (parsed.has(text)) return parsed.get(text);
  const value = parse(text);
  if (parsed.size >= maxParsed) parsed.clear();
  parsed.set(text, value);
  return value;
}

function parse(text: string): Json | undefined {
  if (/^\uFEFF?\s*[{[]/.test(text)) {
    try {
      const value: Json = JSON.parse(text.replace(/^\uFEFF/, ""));
      return value;
    } catch {
      // Flow-style YAML begins with a brace too.
    }
  }
  const document = parseTemplate(text, "document.yaml");
  return document.problems.some((problem) => problem.severity === "error") ? undefined : document.value;
}

/** Path of a local file that a property names; undefined for what lies elsewhere. */
export function localPath(location: Json | undefined): string | undefined {
  if (typeof location !== "string" || location === "" || /^[a-z][a-z0-9+.-]*:/i.test(location)) return undefined;
  return location.replace(/^(\.\/)+/, "");
}

/** The local document that a property names. */
export function localDocument(view: TemplateView, location: Json | undefined): { readonly file: string; readonly value: Json } | undefined {
  const file = localPath(location);
  const text = file === undefined ? undefined : view.readText(file);
  const value = text === undefined ? undefined : parsedText(text);
  return file === undefined || value === undefined ? undefined : { file, value };
}
