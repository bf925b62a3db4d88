// A state's own text put in the place of what was written for it anew: comments, order and number literals move along.
import type { TemplateDocument } from "../../template/document.ts";
import { isSame } from "../../template/jsonEdit.ts";
import type { Steps } from "./command.ts";
import { valueAt } from "./flow.ts";

export interface RawValue {
  readonly text: string;
  /** Column at which its lines stand. */
  readonly column: number;
}

/** The text of the value there; undefined: it is not written there itself. */
export function rawValue(document: TemplateDocument, path: Steps): RawValue | undefined {
  const range = document.rangeOf([...path], "value");
  if (range === undefined) return undefined;
  const text = document.text.slice(range.start.offset, range.end.offset);
  return { text, column: isFlow(text) ? columnOfLine(document.text, range.start.offset) : range.start.column - 1 };
}

/** The document with the raw text as the value there; the same document where it would not mean the same. */
export function withRawValue(
  document: TemplateDocument,
  path: Steps,
  raw: RawValue,
  parse: (text: string) => TemplateDocument,
): TemplateDocument {
  const place = rawValue(document, path);
  const range = document.rangeOf([...path], "value");
  const key = document.rangeOf([...path], "key");
  if (place === undefined || range === undefined || key === undefined) return document;
  // block style needs lines of its own, which a value in braces has not
  if (isFlow(place.text) && !isFlow(raw.text)) return document;
  const isOnNextLine = !isFlow(place.text) && isFlow(raw.text);
  const column = isOnNextLine ? columnOfLine(document.text, key.start.offset) : place.column;
  const start = isOnNextLine ? key.end.offset + 1 : range.start.offset;
  const moved = parse(
    document.text.slice(0, start) + (isOnNextLine ? " " : "") + shifted(raw, column) + document.text.slice(range.end.offset),
  );
  const isExact = moved.problems.every(({ severity }) => severity !== "error") && isSame(moved.value, document.value);
  return isExact && valueAt(moved.value, path) !== undefined ? moved : document;
}

function isFlow(text: string): boolean {
  return text.startsWith("{");
}

function columnOfLine(text: string, offset: number): number {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start))?.[0].length ?? 0;
}

/** Lines below the first stand as far from it as before. */
function shifted({ text, column }: RawValue, to: number): string {
  const [first = "", ...lines] = text.split("\n");
  const indent = /^\t/m.test(text) ? "\t" : " ";
  return [
    first,
    ...lines.map((line) => {
      const own = /^[ \t]*/.exec(line)?.[0].length ?? 0;
      return line.trim() === "" ? line : indent.repeat(Math.max(0, own - column + to)) + line.slice(own);
    }),
  ].join("\n");
}
