// The splices of single changes to a map, a list or a value: which characters go, which come.
import type { Json } from "../json.ts";
import { isJsonObject } from "../json.ts";
import type { ItemNode, ListNode, MapNode, PairNode, SourceNode } from "./source.ts";
import { columnOf } from "./style.ts";
import type { Style } from "./style.ts";
import { indentOf, isBlank, lineEnd, lineStart, nextLine } from "./textLines.ts";
import { intrinsicOf } from "./intrinsicTags.ts";
import { isMapWithKeys, itemLines, pairLines, writeBlock, writeFlow, writeFlowKey, writeJson, writeText } from "./write.ts";
import type { Written } from "./write.ts";

export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface SpliceContext {
  readonly text: string;
  readonly style: Style;
}

/** A place in the text that holds a value. */
export type Slot =
  | { readonly type: "root"; readonly node: SourceNode | null }
  | { readonly type: "pair"; readonly map: MapNode; readonly pair: PairNode; readonly node: SourceNode }
  | { readonly type: "item"; readonly list: ListNode; readonly item: ItemNode; readonly node: SourceNode };

export function replaceValue(context: SpliceContext, slot: Slot, value: Json): readonly Splice[] {
  const { text, style } = context;
  if (slot.type === "root") return replaceRoot(context, slot.node, value);
  const old = slot.node;
  const argument = quotedArgument(old, value);
  if (argument !== undefined)
    return replaceValue(context, { ...slot, node: { ...old, tag: undefined, start: old.contentStart } as SourceNode } as Slot, argument);
  const isInFlow = slot.type === "pair" ? slot.map.isFlow : slot.list.isFlow;
  const quote = typeof value === "string" && old.kind === "scalar" ? quoteOf(old.style) : undefined;
  const start = old.kind !== "alias" && old.tag === undefined ? old.contentStart : old.start;
  if (isInFlow) {
    if (style.format === "json") return [{ start, end: old.end, text: writeJson(value, indentOf(text, start), style) }];
    const written = typeof value === "string" ? writeText(value, style, true, false, quote) : writeFlow(value, style);
    return [{ start, end: old.end, text: (old.start === old.end ? " " : "") + written }];
  }

  const column = slot.type === "pair" ? columnOf(text, slot.pair.start) : columnOf(text, slot.item.dash);
  const indicatorEnd = slot.type === "pair" ? slot.pair.slot : slot.item.slot;
  const isBlock = isBlockCollection(old);
  if (isBlock && slot.type === "pair" && old.kind === "map" && becomesItem(old, value)) return wrapInList(context, old, value.slice(1));
  const wasFlow =
    (old.kind === "map" || old.kind === "list") &&
    old.isFlow &&
    old.tag === undefined &&
    (old.kind === "map" ? old.pairs : old.items).length > 0;
  const flow = wasFlow && typeof value === "object" && value !== null ? writeFlow(value, style) : undefined;
  const written: Written =
    flow !== undefined && flow.length <= 100 && !flow.startsWith("!")
      ? { head: flow, lines: [] }
      : quote !== undefined && typeof value === "string" && !value.includes("\n")
        ? { head: writeText(value, style, false, false, quote), lines: [] }
        : writeBlock(value, column, style, slot.type === "item");
  const header = old.kind === "scalar" && old.style === "block" ? commentIn(text, old.contentStart, lineEnd(text, old.contentStart)) : "";
  if (written.lines.length === 0 && !isBlock) {
    return [
      { start, end: old.end, text: [(old.start === old.end ? " " : "") + written.head, header].filter((part) => part !== "").join(" ") },
    ];
  }

  // Anything over several lines: a comment behind the key, or behind the old value, stays on the key's line.
  const end = lineEnd(text, Math.max(old.end, indicatorEnd));
  const isBehindKey = !isBlock || text.slice(indicatorEnd, old.contentStart).includes("\n");
  const commentFrom = isBlock ? indicatorEnd : old.end;
  const comment = header !== "" ? header : isBehindKey ? commentIn(text, commentFrom, lineEnd(text, commentFrom)) : "";
  const head = [written.head, comment].filter((part) => part !== "").join(" ");
  const lines = [...written.lines];
  if (slot.type === "item" && head === "" && lines[0] !== undefined) lines[0] = lines[0].trimStart();
  const isCompact = slot.type === "item" && head === "";
  const body = lines.map((line, index) => (isCompact && index === 0 ? ` ${line}` : style.newline + line)).join("");
  return [{ start: indicatorEnd, end, text: (head === "" ? "" : ` ${head}`) + body }];
}

/** Whether a map becomes the first item of a list, as far as its keys tell: the value is compared afterwards. */
function becomesItem(old: MapNode, value: Json): value is Json[] {
  const [first, second] = Array.isArray(value) ? value : [];
  if (second === undefined || !isJsonObject(first) || old.start !== old.contentStart) return false;
  const keys = old.pairs.map(({ name }) => name);
  return Object.keys(first).join("\n") === keys.join("\n");
}

/** The map keeps its text, comments inside it too: it only moves in by the dash. */
function wrapInList({ text, style }: SpliceContext, old: MapNode, more: readonly Json[]): readonly Splice[] {
  const column = columnOf(text, old.contentStart);
  const splices: Splice[] = [{ start: old.contentStart, end: old.contentStart, text: "- " }];
  for (let at = text.indexOf("\n", old.contentStart) + 1; at > 0 && at < old.end; at = text.indexOf("\n", at) + 1) {
    if (!/[\r\n]/.test(text.charAt(at))) splices.push({ start: at, end: at, text: "  " });
  }
  const end = lineEnd(text, old.end);
  const lines = more.flatMap((item) => itemLines(item, column, style));
  return [...splices, { start: end, end, text: lines.map((line) => style.newline + line).join("") }];
}

/** What stands in quotes behind `!Sub`, when the function stays the same: only that text changes then. */
function quotedArgument(old: SourceNode, value: Json): string | undefined {
  const name = old.kind === "scalar" && quoteOf(old.style) !== undefined ? intrinsicOf(old.tag) : undefined;
  if (name === undefined || !isJsonObject(value) || Object.keys(value).length !== 1) return undefined;
  const argument = value[name];
  if (name === "Fn::GetAtt") {
    const [resource, attribute] = Array.isArray(argument) && argument.length === 2 ? argument : [];
    return typeof resource === "string" && typeof attribute === "string" && !resource.includes(".")
      ? `${resource}.${attribute}`
      : undefined;
  }
  return typeof argument === "string" && !argument.includes("\n") ? argument : undefined;
}

function commentIn(text: string, start: number, end: number): string {
  return /(^|\s)(#.*)$/.exec(text.slice(start, end))?.[2] ?? "";
}

function replaceRoot(context: SpliceContext, node: SourceNode | null, value: Json): readonly Splice[] {
  const { text, style } = context;
  if (style.format === "json") {
    const start = node?.start ?? text.length;
    return [{ start, end: node?.end ?? text.length, text: writeJson(value, "", style) }];
  }
  const lines = isMapWithKeys(value)
    ? Object.entries(value).flatMap(([key, item]) => pairLines(key, item, 0, style))
    : [writeFlow(value, style)];
  const body = lines.join(style.newline);
  if (node) return [{ start: node.start, end: isBlockCollection(node) ? lineEnd(text, node.end) : node.end, text: body }];
  const lead = text === "" || text === "\uFEFF" || text.endsWith("\n") ? "" : style.newline;
  return [{ start: text.length, end: text.length, text: lead + body + style.newline }];
}

/** Behind the pair named `after`, where there is one; otherwise at the end. */
export function addPair(context: SpliceContext, slot: Slot, map: MapNode, key: string, value: Json, after?: string): readonly Splice[] {
  const { text, style } = context;
  const last = map.pairs.find((pair) => pair.name === after) ?? map.pairs.at(-1);
  if (slot.type === "root" && key === "Transform" && last !== undefined) return addTransform(context, map, value);
  if (map.isFlow) {
    if (last === undefined) return replaceValue(context, slot, { [key]: value });
    const first = map.pairs[0]?.key.start ?? last.key.start;
    return addToFlow(
      context,
      map,
      first,
      last.value.end,
      last.key.start,
      last === map.pairs.at(-1),
      (indent) => `${writeFlowKey(key, style)}: ${indent === undefined ? writeFlow(value, style) : writeInside(value, indent, style)}`,
    );
  }
  if (last === undefined) return replaceValue(context, slot, { [key]: value });
  const column = columnOf(text, map.pairs[0]?.start ?? last.start);
  const lines = prefersFlow(value, map.pairs)
    ? [`${" ".repeat(column)}${writeFlowKey(key, style)}: ${writeFlow(value, style)}`]
    : pairLines(key, value, column, style);
  const at = extentEnd(text, last.end, column);
  const isSpaced = map.pairs.length > 1 ? hasBlankAbove(text, last.start) : column === style.step && hasSpacedSections(text);
  return insertLines(context, at, isSpaced ? ["", ...lines] : lines);
}

/** Behind the format version, else first: where readers look for it. */
function addTransform(context: SpliceContext, map: MapNode, value: Json): readonly Splice[] {
  const { text, style } = context;
  const version = map.pairs.find((pair) => pair.name === "AWSTemplateFormatVersion");
  if (map.isFlow) {
    const at = version?.value.end ?? map.pairs[0]?.start ?? map.contentStart + 1;
    const isSpread = text.slice(map.contentStart, at).includes("\n");
    const gap = isSpread ? style.newline + indentOf(text, version?.start ?? at) : " ";
    const pair = `${writeFlowKey("Transform", style)}: ${writeInside(value, isSpread ? indentOf(text, at) : "", style)}`;
    return [{ start: at, end: at, text: version === undefined ? `${pair},${gap}` : `,${gap}${pair}` }];
  }
  const lines = pairLines("Transform", value, 0, style);
  if (version !== undefined) return insertLines(context, extentEnd(text, version.end, 0), lines);
  const at = map.pairs[0]?.start ?? map.contentStart;
  const blank = hasSpacedSections(text) ? [""] : [];
  return [{ start: at, end: at, text: [...lines, ...blank].map((line) => line + style.newline).join("") }];
}

export function addItem(context: SpliceContext, slot: Slot, list: ListNode, value: Json): readonly Splice[] {
  const { text, style } = context;
  const last = list.items.at(-1);
  if (last === undefined) return replaceValue(context, slot, [value]);
  if (list.isFlow) {
    const first = list.items[0]?.value.start ?? last.value.start;
    return addToFlow(context, list, first, last.value.end, last.value.start, true, (indent) =>
      indent === undefined ? writeFlow(value, style) : writeInside(value, indent, style),
    );
  }
  const column = columnOf(text, last.dash);
  const lines = prefersFlow(value, list.items) ? [`${" ".repeat(column)}- ${writeFlow(value, style)}`] : itemLines(value, column, style);
  const isSpaced = list.items.length > 1 && hasBlankAbove(text, last.dash);
  return insertLines(context, extentEnd(text, Math.max(last.value.end, last.slot), column), isSpaced ? ["", ...lines] : lines);
}

function addToFlow(
  context: SpliceContext,
  collection: MapNode | ListNode,
  first: number,
  lastEnd: number,
  lastStart: number,
  isAtEnd: boolean,
  write: (indent: string | undefined) => string,
): readonly Splice[] {
  const { text, style } = context;
  const isSpread = text.slice(collection.contentStart, first).includes("\n");
  if (!isAtEnd) {
    // the comma that follows is then that of what is added
    const indent = indentOf(text, lastStart);
    return [{ start: lastEnd, end: lastEnd, text: isSpread ? `,${style.newline}${indent}${write(indent)}` : `, ${write(undefined)}` }];
  }
  const comma = /^\s*,/.exec(text.slice(lastEnd, collection.end - 1))?.[0].length;
  const at = lastEnd + (comma ?? 0);
  const separator = comma === undefined ? "," : "";
  if (!isSpread) return [{ start: at, end: at, text: `${separator} ${write(undefined)}` }];
  const indent = indentOf(text, lastStart);
  const end = lineEnd(text, at);
  const isCommented = /^\s*#/.test(text.slice(at, end));
  const line = `${style.newline}${indent}${write(indent)}`;
  if (!isCommented) return [{ start: at, end: at, text: separator + line }];
  return [...(separator === "" ? [] : [{ start: at, end: at, text: separator }]), { start: end, end, text: line }];
}

function writeInside(value: Json, indent: string, style: Style): string {
  return style.format === "json" ? writeJson(value, indent, style) : writeFlow(value, style);
}

export function removePair(context: SpliceContext, slot: Slot, map: MapNode, pair: PairNode): readonly Splice[] {
  if (map.pairs.length === 1) return replaceValue(context, slot, {});
  const index = map.pairs.indexOf(pair);
  const starts = map.pairs.map((each) => each.start);
  const ends = map.pairs.map((each) => each.end);
  return map.isFlow ? removeFromFlow(starts, ends, index) : removeLines(context, starts, ends, index, slot.type === "root" && index === 0);
}

export function removeItem(context: SpliceContext, slot: Slot, list: ListNode, item: ItemNode): readonly Splice[] {
  if (list.items.length === 1) return replaceValue(context, slot, []);
  const index = list.items.indexOf(item);
  const starts = list.items.map((each) => (list.isFlow ? each.value.start : each.dash));
  const ends = list.items.map((each) => Math.max(each.value.end, each.slot));
  return list.isFlow ? removeFromFlow(starts, ends, index) : removeLines(context, starts, ends, index, false);
}

function removeFromFlow(starts: readonly number[], ends: readonly number[], index: number): readonly Splice[] {
  const start = starts[index];
  const end = ends[index];
  const next = starts[index + 1];
  const previous = ends[index - 1];
  if (start === undefined || end === undefined) return [];
  if (next !== undefined) return [{ start, end: next, text: "" }];
  return previous === undefined ? [] : [{ start: previous, end, text: "" }];
}

/** Takes out whole lines: the item's own, the comment right above it, and one of two blank lines that would meet. */
function removeLines(
  context: SpliceContext,
  starts: readonly number[],
  ends: readonly number[],
  index: number,
  keepsComment: boolean,
): readonly Splice[] {
  const { text } = context;
  const start = starts[index] ?? 0;
  const column = columnOf(text, start);
  let from = lineStart(text, start);
  if (text.slice(from, start).trim() !== "" && !text.slice(from, start).startsWith("\uFEFF")) {
    // First behind a dash (`- Key: …`): the next one moves up to it.
    const next = starts[index + 1];
    return next === undefined ? [] : [{ start, end: next, text: "" }];
  }
  if (text.slice(from, start).startsWith("\uFEFF")) from += 1;
  while (!keepsComment && from > 0) {
    const above = lineStart(text, from - 1);
    const line = text.slice(above, from - 1);
    if (!line.trimStart().startsWith("#") || line.length - line.trimStart().length !== column) break;
    from = above;
  }
  let to = extentEnd(text, ends[index] ?? start, column);
  if (to >= text.length) {
    while (from > 0 && /\s/.test(text[from - 1] ?? "")) from -= 1;
    return [{ start: from, end: text.length, text: "" }];
  }
  to = nextLine(text, to);
  const isBlankBefore = from === 0 || isBlank(text, lineStart(text, from - 1));
  if (isBlankBefore || index === starts.length - 1) {
    // The last one of a section gives back the blank line above it, and the section's own blank line below stays.
    if (index === starts.length - 1 && index > 0) {
      while (from > 0 && isBlank(text, lineStart(text, from - 1)) && (isBlank(text, to) || to >= text.length))
        from = lineStart(text, from - 1);
    } else while (to < text.length && isBlank(text, to)) to = nextLine(text, to);
  }
  return [{ start: from, end: to, text: "" }];
}

function insertLines(context: SpliceContext, at: number, lines: readonly string[]): readonly Splice[] {
  return [{ start: at, end: at, text: lines.map((line) => context.style.newline + line).join("") }];
}

/** New collections are written as their neighbours are: in flow style when all of those are. */
function prefersFlow(value: Json, siblings: readonly { readonly value: SourceNode }[]): boolean {
  if (typeof value !== "object" || value === null) return false;
  let isUsual = false;
  // The first that is not says no: in a large section most nodes need not be looked at.
  for (const { value: node } of siblings) {
    if ((node.kind !== "map" && node.kind !== "list") || node.tag !== undefined) continue;
    if (!node.isFlow || node.end <= node.start + 2) return false;
    isUsual = true;
  }
  return isUsual && JSON.stringify(value).length <= 90;
}

function isBlockCollection(node: SourceNode): boolean {
  return (node.kind === "map" || node.kind === "list") && !node.isFlow;
}

function quoteOf(style: string): "'" | '"' | undefined {
  return style === "single" ? "'" : style === "double" ? '"' : undefined;
}

/** End of the last line that belongs to a key or item: comment lines below it count when they are indented deeper. */
function extentEnd(text: string, contentEnd: number, column: number): number {
  let end = lineEnd(text, contentEnd);
  for (let at = nextLine(text, end); at < text.length; at = nextLine(text, at)) {
    const stop = lineEnd(text, at);
    const line = text.slice(at, stop);
    const body = line.trimStart();
    if (body === "") continue;
    if (!body.startsWith("#") || line.length - body.length <= column) break;
    end = stop;
  }
  return end;
}

function hasBlankAbove(text: string, offset: number): boolean {
  let at = lineStart(text, offset);
  while (at > 0) {
    const above = lineStart(text, at - 1);
    const line = text.slice(above, at - 1).trim();
    if (!line.startsWith("#")) return line === "";
    at = above;
  }
  return false;
}

/** Whether blank lines stand between the template's sections. */
function hasSpacedSections(text: string): boolean {
  return /\n\r?\n(#.*\r?\n)*(Resources|Outputs|Parameters|Globals):/.test(text);
}
