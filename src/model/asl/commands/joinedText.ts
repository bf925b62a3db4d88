// A definition that Fn::Join puts together, as CDK writes it: read as one text with `${Name}` where a reference stands, and written
// back part by part.
import { isJsonObject, type Json, type JsonObject } from "../../json.ts";
import type { TemplateEdit } from "../../template/document.ts";
import type { Steps } from "./command.ts";
import { words, type Words } from "../../words.ts";

export interface JoinedText {
  readonly text: string;
  /** What stands behind each `${Name}`. */
  readonly names: JsonObject;
  /** Why it cannot be written back; null: it can. */
  readonly readOnly: Words | null;
}

/** `join`: what stands under `Fn::Join`; undefined: it is no list of texts and references. */
export function joinedText(join: Json | undefined): JoinedText | undefined {
  if (!Array.isArray(join) || typeof join[0] !== "string" || !Array.isArray(join[1])) return undefined;
  const [delimiter, parts] = join;
  const names: JsonObject = {};
  const text = parts.map((part: Json, index: number) => {
    if (typeof part === "string") return part;
    const name = nameOf(part, index);
    names[name] = part;
    return `\${${name}}`;
  });
  return {
    text: text.join(delimiter),
    names,
    readOnly:
      delimiter === ""
        ? null
        : words("Its parts are joined by a text of their own, which an edit would not know where to keep. Join them by nothing."),
  };
}

function nameOf(part: Json, index: number): string {
  if (isJsonObject(part)) {
    const { Ref: ref, "Fn::GetAtt": attribute } = part;
    if (typeof ref === "string") return ref;
    if (Array.isArray(attribute) && attribute.every((step) => typeof step === "string")) return attribute.join(".");
    if (typeof attribute === "string") return attribute;
  }
  return `part-${index}`;
}

/** The edits that make the text of a join another one: parts that say the same stay as they are written. */
export function joinEdits(path: Steps, join: Json | undefined, { names, text: before }: JoinedText, text: string): readonly TemplateEdit[] {
  if (text === before || !Array.isArray(join) || !Array.isArray(join[1])) return [];
  const old: readonly Json[] = join[1];
  const parts = partsOf(text, names);
  const isSameShape =
    parts.length === old.length && parts.every((part, index) => (typeof part === "string") === (typeof old[index] === "string"));
  if (!isSameShape) return [{ type: "set", path: [...path, 1], value: parts }];
  return parts.flatMap((value, index): TemplateEdit[] =>
    JSON.stringify(value) === JSON.stringify(old[index]) ? [] : [{ type: "set", path: [...path, 1, index], value }],
  );
}

function partsOf(text: string, names: JsonObject): Json[] {
  const parts: Json[] = [];
  for (const piece of text.split(/(\$\{[^}]+\})/)) {
    const reference = piece.startsWith("${") ? names[piece.slice(2, -1)] : undefined;
    const last = parts.at(-1);
    if (reference !== undefined) parts.push(reference);
    else if (typeof last === "string") parts[parts.length - 1] = last + piece;
    else if (piece !== "") parts.push(piece);
  }
  return parts;
}
