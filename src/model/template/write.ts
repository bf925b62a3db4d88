// Writes new values as YAML or JSON text in a template's own style.
import type { Json, JsonObject } from "../json.ts";
import type { Style } from "./style.ts";
import { plainScalar } from "./value.ts";

/** A value as it stands behind its key: what follows on the same line, then whole lines with their indentation. */
export interface Written {
  readonly head: string;
  readonly lines: readonly string[];
}

/** Longest line that a short function or list may make in flow style. */
const flowWidth = 80;

/** `column` is that of the key, or of the dash, which the value belongs to; `isItem`: behind a dash. */
export function writeBlock(value: Json, column: number, style: Style, isItem: boolean): Written {
  const intrinsic = shortForm(value);
  if (intrinsic) return writeIntrinsic(intrinsic.tag, intrinsic.argument, column, style, isItem);
  if (typeof value === "string" && needsBlock(value)) return blockScalar(value, column, style);
  if (Array.isArray(value) && value.length > 0) {
    const at = isItem ? column + 2 : column + style.listStep;
    return { head: "", lines: value.flatMap((item) => itemLines(item, at, style)) };
  }
  if (isMapWithKeys(value)) {
    const at = isItem ? column + 2 : column + style.step;
    return { head: "", lines: Object.entries(value).flatMap(([key, item]) => pairLines(key, item, at, style)) };
  }
  return { head: writeFlow(value, style), lines: [] };
}

export function pairLines(key: string, value: Json, column: number, style: Style): string[] {
  const written = writeBlock(value, column, style, false);
  return [`${" ".repeat(column)}${writeKey(key, style)}:${written.head === "" ? "" : ` ${written.head}`}`, ...written.lines];
}

export function itemLines(value: Json, column: number, style: Style): string[] {
  const written = writeBlock(value, column, style, true);
  const indent = " ".repeat(column);
  if (written.head !== "") return [`${indent}- ${written.head}`, ...written.lines];
  const [first, ...rest] = written.lines;
  return [`${indent}- ${first?.trimStart() ?? ""}`, ...rest];
}

/** On one line, as inside `{ … }` and `[ … ]`. */
export function writeFlow(value: Json, style: Style): string {
  if (style.format === "json") return JSON.stringify(value);
  const intrinsic = shortForm(value);
  if (intrinsic) return `${intrinsic.tag} ${writeFlow(intrinsic.argument, style)}`;
  if (Array.isArray(value)) return `[${value.map((item) => writeFlow(item, style)).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${writeFlowKey(key, style)}: ${writeFlow(item, style)}`);
    if (entries.length === 0) return "{}";
    return style.isPadded ? `{ ${entries.join(", ")} }` : `{${entries.join(", ")}}`;
  }
  return typeof value === "string" ? writeText(value, style, true) : writeLiteral(value);
}

/** JSON over several lines; the first line carries no indentation. */
export function writeJson(value: Json, indent: string, style: Style): string {
  const step = style.isTabbed ? "\t" : " ".repeat(style.step);
  return JSON.stringify(value, null, step).replaceAll("\n", `${style.newline}${indent}`);
}

export function writeKey(key: string, style: Style): string {
  return style.format === "json" ? JSON.stringify(key) : writeText(key, style, false, true);
}

export function writeFlowKey(key: string, style: Style): string {
  return style.format === "json" ? JSON.stringify(key) : writeText(key, style, true, true);
}

function writeLiteral(value: number | boolean | null): string {
  if (typeof value !== "number") return String(value);
  const text = String(value);
  // `1e+21` without a dot would be text to a YAML 1.1 reader.
  return /e/.test(text) && !text.includes(".") ? text.replace("e", ".0e") : text;
}

/** `quote`: what stood there before, kept when the new text allows it. */
export function writeText(text: string, style: Style, isFlow: boolean, isKey = false, quote?: "'" | '"'): string {
  if (style.format === "json") return JSON.stringify(text);
  if (quote === undefined && isPlain(text, isFlow, isKey)) return text;
  const wanted = quote ?? style.quote;
  const needsEscapes = hasControl(text);
  if (wanted === "'" && !needsEscapes) return `'${text.replaceAll("'", "''")}'`;
  if (needsEscapes || wanted === '"') return doubleQuoted(text);
  return doubleQuoted(text);
}

function doubleQuoted(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1);
  return `"${escaped.replace(/[\u007f-\u009f\u2028\u2029\uFEFF\uFFFE\uFFFF]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`;
}

function hasControl(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- these are the characters that quotes alone cannot carry
  return /[\u0000-\u001f\u007f-\u009f\u2028\u2029\uFEFF\uFFFE\uFFFF]|[\uD800-\uDFFF]/u.test(text);
}

/** Whether text can stand without quotes and is read back as the same text by any YAML reader. */
function isPlain(text: string, isFlow: boolean, isKey: boolean): boolean {
  if (text === "" || text.trim() !== text || hasControl(text)) return false;
  if (typeof plainScalar(text) !== "string" && !(isKey && /^[0-9]+$/.test(text))) return false;
  if (/^[-+]?[0-9][0-9_:]*$/.test(text) && !(isKey && /^[0-9]+$/.test(text))) return false;
  if (/^[-+]?(0[xob]|\.(inf|nan)|\.[0-9]|[0-9]+(\.[0-9]*)?[eE]|[0-9][0-9_]*\.[0-9_]*$)/i.test(text) || /^(y|n|=|<<)$/i.test(text))
    return false;
  if (/^[[\]{}#&*!|>'"%@`,]/.test(text) || /^[-?:]([\s]|$)/.test(text) || /^(---|\.\.\.)/.test(text)) return false;
  if (/:(\s|$)|\s#/.test(text)) return false;
  if (isKey && (text.length > 500 || text.startsWith("?") || text.startsWith("-"))) return false;
  return !isFlow || !/[,[\]{}]|^[-?:]|:$|:[,[\]{}]/.test(text);
}

/** Text of several lines that a block scalar carries unharmed. */
function needsBlock(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- these are the characters that a block scalar cannot carry
  if (!text.includes("\n") || /[^\S\n ]|[\u0000-\u0008\u007f-\u009f\u2028\u2029\uFEFF]/.test(text) || hasControl(text.replaceAll("\n", "")))
    return false;
  return !/^\s/.test(text) && text.trim() !== "" && !text.startsWith("#");
}

function blockScalar(text: string, column: number, style: Style): Written {
  const ending = /\n*$/.exec(text)?.[0].length ?? 0;
  const indent = " ".repeat(column + Math.max(style.step, 2));
  const lines = text.slice(0, text.length - ending).split("\n");
  const blank = Array.from({ length: Math.max(0, ending - 1) }, () => "");
  const chomp = ending === 0 ? "-" : ending === 1 ? "" : "+";
  return { head: `|${chomp}`, lines: [...lines.map((line) => (line === "" ? "" : `${indent}${line}`)), ...blank] };
}

function writeIntrinsic(tag: string, argument: Json, column: number, style: Style, isItem: boolean): Written {
  if (typeof argument !== "object" || argument === null) {
    if (typeof argument === "string" && needsBlock(argument)) {
      const block = blockScalar(argument, column, style);
      return { head: `${tag} ${block.head}`, lines: block.lines };
    }
    return { head: `${tag} ${typeof argument === "string" ? writeText(argument, style, false) : writeLiteral(argument)}`, lines: [] };
  }
  const flow = `${tag} ${writeFlow(argument, style)}`;
  if (column + flow.length <= flowWidth && !JSON.stringify(argument).includes("\\n")) return { head: flow, lines: [] };
  const written = writeBlock(argument, column, style, isItem);
  return { head: written.head === "" ? tag : `${tag} ${written.head}`, lines: written.lines };
}

const shortTags = new Map<string, string>([
  ["Ref", "!Ref"],
  ...[
    "And",
    "Base64",
    "Cidr",
    "Equals",
    "FindInMap",
    "GetAtt",
    "GetAZs",
    "If",
    "ImportValue",
    "Join",
    "Not",
    "Or",
    "Select",
    "Split",
    "Sub",
  ].map((name): [string, string] => [`Fn::${name}`, `!${name}`]),
]);

/** The short form of a function call, where YAML can say it: one tag cannot follow another. */
function shortForm(value: Json): { readonly tag: string; readonly argument: Json } | undefined {
  if (!isMapWithKeys(value)) return undefined;
  const keys = Object.keys(value);
  const [name] = keys;
  const tag = name === undefined || keys.length > 1 ? undefined : shortTags.get(name);
  if (name === undefined || tag === undefined) return undefined;
  const argument = value[name] ?? null;
  if (name === "Fn::GetAtt") {
    if (!Array.isArray(argument) || argument.length !== 2) return undefined;
    const [resource, attribute] = argument;
    if (typeof resource === "string" && typeof attribute === "string" && !resource.includes(".") && resource !== "" && attribute !== "") {
      return { tag, argument: `${resource}.${attribute}` };
    }
    return { tag, argument };
  }
  if (name === "Ref") return typeof argument === "string" && argument !== "" ? { tag, argument } : undefined;
  if (typeof argument === "string") return argument === "" && name !== "Fn::GetAZs" ? undefined : { tag, argument };
  if (Array.isArray(argument)) return argument.length > 0 ? { tag, argument } : undefined;
  // `!Base64 !Sub …` is not YAML, and a plain map may be read as the function's own.
  return typeof argument === "object" && argument !== null && shortForm(argument) === undefined && isMapWithKeys(argument)
    ? { tag, argument }
    : undefined;
}

export function isMapWithKeys(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}
