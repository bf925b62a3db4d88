// The door through which templates come in: text to document. Never throws; what is wrong becomes a problem with its place.
import type { TemplatePath } from "../design/design.ts";
import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";
import type { Problem, TextRange } from "../problem.ts";
import type { TemplateDocument } from "./document.ts";
import { editDocument } from "./edit.ts";
import { linesOf } from "./lines.ts";
import { placeAt, pathAtOffset } from "./places.ts";
import { readSource } from "./source.ts";
import type { Source, SourceNode } from "./source.ts";
import { noParts, readInParts } from "./sourceParts.ts";
import type { SourceParts } from "./sourceParts.ts";
import { readValue } from "./value.ts";
import { type Words, said, words } from "../words.ts";

/** CloudFormation takes 1 MB; beyond twice that a template is something else by mistake. */
const maxCharacters = 2_000_000;

/** A document with its source tree, for this folder only. */
export interface ParsedTemplate extends TemplateDocument {
  readonly root: SourceNode | null;
  readonly targets: ReadonlyMap<SourceNode, SourceNode>;
  /** What the next version of the text need not read again. */
  readonly parts: SourceParts;
}

/** `before`: the document as it was until now, of which unchanged parts are not read again, and what edits made of it not at all. */
export function parseTemplate(text: string, path: string, before?: TemplateDocument): TemplateDocument {
  if (before === undefined || !isParsed(before)) return parse(text, path);
  for (let made: ParsedTemplate | undefined = before; made !== undefined; made = editedFrom.get(made)) {
    if (made.text === text && made.path === path) return made;
  }
  return parse(text, path, before.parts);
}

/** What the last edit of a document made of it. A command hands on the text, which is then opened as the next version. */
const editedFrom = new WeakMap<ParsedTemplate, ParsedTemplate>();

function isParsed(document: TemplateDocument): document is ParsedTemplate {
  return "parts" in document;
}

export function parse(text: string, path: string, known?: SourceParts): ParsedTemplate {
  const format = formatOf(text, path);
  const lines = linesOf(text);
  const problems: Problem[] = [];
  const report = (rule: string, what: Words, start: number, end: number, severity: Problem["severity"] = "error"): void => {
    problems.push({ severity, rule, ...said(what), file: path, range: lines.range(start, end) });
  };

  let source: Source = { root: null, errors: [] };
  let parts = noParts;
  if (text.length > maxCharacters) {
    report(
      "template.too-large",
      words("This template has {{count}} characters; templates up to {{most}} are read (CloudFormation takes 1 MB).", {
        count: text.length,
        most: maxCharacters,
      }),
      0,
      0,
    );
  } else if (text.includes("\0")) {
    const at = text.indexOf("\0");
    report("template.not-text", words("This is no text file: it holds zero bytes. A template is YAML or JSON in UTF-8."), at, at + 1);
  } else {
    const broken = format === "json" ? jsonError(text) : undefined;
    if (broken) report("template.syntax", broken.words, broken.offset, Math.min(broken.offset + 1, text.length));
    else if (format === "json") source = readSource(text);
    else {
      const inParts = readInParts(text, known);
      source = inParts;
      parts = inParts.parts;
    }
  }
  for (const error of source.errors) report(error.rule ?? "template.syntax", error.words, error.start, error.end);

  const reading = source.root ? readValue(source.root, format) : undefined;
  for (const finding of reading?.findings ?? []) report(finding.rule, finding.words, finding.start, finding.end, finding.severity);
  let value: JsonObject = {};
  if (reading && isJsonObject(reading.value)) value = reading.value;
  else if (source.root && reading && reading.value !== null && !problems.some((problem) => problem.severity === "error")) {
    report(
      "template.not-a-map",
      words("A template is a map with the sections Resources, Parameters and so on."),
      source.root.start,
      source.root.end,
    );
  }

  const targets = reading?.targets ?? new Map<SourceNode, SourceNode>();
  const document: ParsedTemplate = {
    path,
    text,
    format,
    value,
    problems,
    root: source.root,
    targets,
    parts,
    rangeOf(at: TemplatePath, part: "node" | "key" | "value" = "node"): TextRange | undefined {
      const place = placeAt(document, at);
      if (place === undefined) return undefined;
      const key = place.key ?? place.value;
      if (part === "key") return lines.range(key.start, key.end);
      if (part === "value") return lines.range(place.value.start, place.value.end);
      return lines.range(Math.min(key.start, place.value.start), Math.max(key.end, place.value.end));
    },
    pathAt: (offset) => pathAtOffset(document, offset),
    edit(edits) {
      const edited = editDocument(document, edits);
      if (edited !== document) editedFrom.set(document, edited);
      return edited;
    },
  };
  return document;
}

function formatOf(text: string, path: string): "yaml" | "json" {
  if (/\.json$/i.test(path)) return "json";
  if (/\.(ya?ml|template)$/i.test(path) && !/^\uFEFF?\s*\{/.test(text)) return "yaml";
  return /^\uFEFF?\s*\{/.test(text) && jsonError(text) === undefined ? "json" : "yaml";
}

function jsonError(text: string): { words: Words; offset: number } | undefined {
  const body = text.startsWith("\uFEFF") ? text.slice(1) : text;
  if (body.trim() === "") return undefined;
  try {
    JSON.parse(body) as Json;
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const found = /at position (\d+)/.exec(message);
    const offset = (found?.[1] === undefined ? quotedOffset(message, body) : Number(found[1])) + (text.length - body.length);
    return { words: words("This is not valid JSON: {{fault}}.", { fault: message.replace(/ \(line \d+ column \d+\)/, "") }), offset };
  }
}

/** Characters that V8 quotes before and behind the place that it means, when it names no position. */
const quotedAround = 10;

function quotedOffset(message: string, body: string): number {
  const [, token = "", ellipsis, excerpt = ""] =
    /^Unexpected token '(.)', (\.\.\.)?"([\s\S]*)"(?:\.\.\.)? is not valid JSON$/u.exec(message) ?? [];
  const start = excerpt === "" ? -1 : body.indexOf(excerpt);
  if (start < 0) return body.length;
  return start + (ellipsis === undefined ? Math.max(0, excerpt.indexOf(token)) : quotedAround);
}
