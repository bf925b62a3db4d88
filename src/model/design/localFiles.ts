import type { Json } from "../json.ts";
import { parseTemplate } from "../template/parseTemplate.ts";
import type { TemplateView } from "./view.ts";

/** A text that was read before is not parsed again: documents change seldom, the design is derived at every keystroke. */
const parsed = new Map<string, { readonly value: Json | undefined; readonly isJson: boolean }>();
const maxParsed = 50;
/** Of long texts fewer are kept: what is read takes several times their room. */
const maxParsedCharacters = 16_000_000;
let parsedCharacters = 0;

/** A YAML or JSON document with short intrinsics in long form; undefined: it cannot be read. */
export function parsedText(text: string): Json | undefined {
  return read(text).value;
}

/** Whether the text is JSON as it stands, not only YAML in that style. */
export function isJsonText(text: string): boolean {
  return read(text).isJson;
}

function read(text: string): { readonly value: Json | undefined; readonly isJson: boolean } {
  const before = parsed.get(text);
  if (before !== undefined) return before;
  const value = parse(text);
  if (parsed.size >= maxParsed || parsedCharacters > maxParsedCharacters) {
    parsed.clear();
    parsedCharacters = 0;
  }
  parsed.set(text, value);
  parsedCharacters += text.length;
  return value;
}

function parse(text: string): { readonly value: Json | undefined; readonly isJson: boolean } {
  if (/^\uFEFF?\s*[{[]/.test(text)) {
    try {
      const value: Json = JSON.parse(text.replace(/^\uFEFF/, ""));
      return { value, isJson: true };
    } catch {
      // Flow-style YAML begins with a brace too.
    }
  }
  const document = parseTemplate(text, "document.yaml");
  return { value: document.problems.some((problem) => problem.severity === "error") ? undefined : document.value, isJson: false };
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
