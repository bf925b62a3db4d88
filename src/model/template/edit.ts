// Edits as text splices: each finds the lines that it concerns in the source tree and leaves all others alone. What comes
// out is read again and compared with the value that was meant; if a splice was not exact, the nearest larger part is
// written anew instead.
import type { TemplatePath } from "../design/design.ts";
import type { Json } from "../json.ts";
import { isJsonObject } from "../json.ts";
import type { TemplateEdit } from "./document.ts";
import { appended, applyEdit, childOf, isSame } from "./jsonEdit.ts";
import { joinSplices } from "./joinSplices.ts";
import { parse } from "./parseTemplate.ts";
import type { ParsedTemplate } from "./parseTemplate.ts";
import type { MapNode, PairNode, SourceNode } from "./source.ts";
import { columnOf, styleOf } from "./style.ts";
import type { Style } from "./style.ts";
import { addItem, addPair, removeItem, removePair, replaceValue } from "./splice.ts";
import type { Slot, Splice, SpliceContext } from "./splice.ts";
import { intrinsicOf } from "./intrinsicTags.ts";
import { isMerge } from "./value.ts";
import { pairLines, writeFlowKey, writeKey, writeText } from "./write.ts";

export function editDocument(document: ParsedTemplate, edits: readonly TemplateEdit[]): ParsedTemplate {
  if (document.problems.some((problem) => problem.severity === "error")) return document;
  return editAll(document, emptiedWhole(document, edits));
}

/** In one pass if the places are separate, else in two halves, one after the other: few edits rarely get in each other's way. */
function editAll(document: ParsedTemplate, edits: readonly TemplateEdit[]): ParsedTemplate {
  const [only] = edits;
  if (only === undefined) return document;
  if (edits.length === 1) return editOne(document, only, 0);
  const together = editTogether(document, edits);
  if (together) return together;
  const middle = edits.length >> 1;
  return editAll(editAll(document, edits.slice(0, middle)), edits.slice(middle));
}

/** Removing every key of a map, or every item of a list, is emptying it. */
function emptiedWhole(document: ParsedTemplate, edits: readonly TemplateEdit[]): readonly TemplateEdit[] {
  if (edits.length < 2 || edits.some((edit) => edit.type !== "remove")) return edits;
  const byParent = Map.groupBy(edits, (edit) => JSON.stringify(edit.path.slice(0, -1)));
  return [...byParent.values()].flatMap((siblings): readonly TemplateEdit[] => {
    const path = siblings[0]?.path.slice(0, -1) ?? [];
    const parent = path.reduce<Json | undefined>((each, segment) => childOf(each, segment), document.value);
    if (siblings.length < 2 || typeof parent !== "object" || parent === null) return siblings;
    const removed = new Set(siblings.map((edit) => String(edit.path.at(-1))));
    return Object.keys(parent).every((key) => removed.has(key))
      ? [{ type: "set", path, value: Array.isArray(parent) ? [] : {} }]
      : siblings;
  });
}

/** Several edits of separate places in one pass over the text; undefined when they are not separate. */
function editTogether(document: ParsedTemplate, edits: readonly TemplateEdit[]): ParsedTemplate | undefined {
  let expected: Json = document.value;
  const splices: Splice[] = [];
  const context = contextOf(document);
  const own = new Set<Json>();
  for (const edit of edits) {
    const next = applyEdit(expected, edit, own);
    if (next === undefined || sharedAliases(document, edit).length > 0) return undefined;
    expected = next;
    const found = splicesFor(document, context, edit);
    if (found === undefined) return undefined;
    splices.push(...found);
  }
  const apart = joinSplices(document.text, splices);
  return apart && verified(document, apart, expected);
}

function editOne(document: ParsedTemplate, edit: TemplateEdit, depth: number): ParsedTemplate {
  const expected = applyEdit(document.value, edit);
  if (expected === undefined || (edit.type !== "renameKey" && isSame(expected, document.value))) return document;

  const smaller = edit.type === "set" && depth < 4 ? smallerEdits(document, edit.path, edit.value) : undefined;
  if (smaller) {
    const result =
      smaller.length > 1
        ? (editTogether(document, smaller) ?? smaller.reduce((each, one) => editOne(each, one, depth + 1), document))
        : undefined;
    const only = smaller[0];
    const done = result ?? (only ? editOne(document, only, depth + 1) : document);
    if (isSame(done.value, expected)) return done;
  }

  const aliases = sharedAliases(document, edit);
  const separate = aliases.length > 0 ? expandAliases(document, aliases) : document;
  const splices = splicesFor(separate, contextOf(separate), edit);
  const done = splices && verified(separate, splices, expected);
  return done ?? rewrite(separate, edit.path, expected);
}

/** Writes the part around the edit anew, the smallest that comes out right; in the end the whole document. */
function rewrite(document: ParsedTemplate, path: TemplatePath, expected: Json): ParsedTemplate {
  const context = contextOf(document);
  for (let length = path.length; length >= 0; length -= 1) {
    const prefix = path.slice(0, length);
    const value = prefix.reduce<Json | undefined>((each, segment) => childOf(each, segment), expected);
    if (value === undefined) continue;
    const found = locate(document, prefix);
    if (found === undefined || found.rest.length > 0) continue;
    const done = verified(document, replaceValue(context, found.slot, value), expected);
    if (done) return done;
  }
  // Marks of documents around nothing, or whatever else no value can be put beside.
  const start = document.text.startsWith("\uFEFF") ? 1 : 0;
  const [body] = replaceValue(context, { type: "root", node: null }, expected);
  return (body && verified(document, [{ start, end: document.text.length, text: body.text.trimStart() }], expected)) ?? document;
}

function verified(document: ParsedTemplate, splices: readonly Splice[], expected: Json): ParsedTemplate | undefined {
  const result = parse(applySplices(document.text, splices), document.path, document.parts);
  return result.problems.every((problem) => problem.severity !== "error") && isSame(result.value, expected) ? result : undefined;
}

function applySplices(text: string, splices: readonly Splice[]): string {
  let result = "";
  let at = 0;
  for (const splice of splices.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (splice.start < at) continue;
    result += text.slice(at, splice.start) + splice.text;
    at = splice.end;
  }
  return result + text.slice(at);
}

function contextOf(document: ParsedTemplate): SpliceContext {
  return { text: document.text, style: styleOf(document.text, document.root, document.format) };
}

interface Located {
  /** The deepest node on the path that the text itself holds at that place. */
  readonly slot: Slot;
  readonly rest: TemplatePath;
}

/** Walks a path without following aliases, merge keys or short intrinsics: what lies behind them is written elsewhere. */
function locate(document: ParsedTemplate, path: TemplatePath): Located | undefined {
  if (document.root === null) return { slot: { type: "root", node: null }, rest: path };
  let slot: Slot = { type: "root", node: document.root };
  for (const [index, segment] of path.entries()) {
    const rest = path.slice(index);
    const node: SourceNode | null = slot.node;
    if (node === null || node.kind === "alias" || node.kind === "scalar") return { slot, rest };
    const intrinsic = intrinsicOf(node.tag);
    if (intrinsic !== undefined) {
      if (segment !== intrinsic) return { slot, rest };
      slot = { ...slot, node: { ...node, tag: undefined, start: node.contentStart } } as Slot;
      continue;
    }
    if (node.kind === "map") {
      const pair = node.pairs.findLast((each) => each.name === String(segment) && !isMerge(each.key));
      if (pair === undefined) return { slot, rest };
      slot = { type: "pair", map: node, pair, node: pair.value };
    } else {
      const item = typeof segment === "number" ? node.items[segment] : undefined;
      if (item === undefined) return { slot, rest };
      slot = { type: "item", list: node, item, node: item.value };
    }
  }
  return { slot, rest: [] };
}

function splicesFor(document: ParsedTemplate, context: SpliceContext, edit: TemplateEdit): readonly Splice[] | undefined {
  switch (edit.type) {
    case "set":
      return setSplices(document, context, edit.path, edit.value, edit.after);
    case "append": {
      const found = locate(document, edit.path);
      const node = found?.rest.length === 0 ? found.slot.node : undefined;
      if (found && node?.kind === "list" && intrinsicOf(node.tag) === undefined) return addItem(context, found.slot, node, edit.value);
      const old = edit.path.reduce<Json | undefined>((each, segment) => childOf(each, segment), document.value);
      return setSplices(document, context, edit.path, appended(old, edit.value));
    }
    case "remove":
      return removeSplices(document, context, edit.path);
    case "renameKey":
      return renameSplices(document, context.style, edit.path, edit.key);
  }
}

function setSplices(
  document: ParsedTemplate,
  context: SpliceContext,
  path: TemplatePath,
  value: Json,
  after?: string,
): readonly Splice[] | undefined {
  const found = locate(document, path);
  if (found === undefined) return undefined;
  const { slot, rest } = found;
  const [segment, ...deeper] = rest;
  if (segment === undefined) return replaceValue(context, slot, value);
  const { node } = slot;
  const at = path.slice(0, path.length - rest.length);
  const old = at.reduce<Json | undefined>((each, step) => childOf(each, step), document.value);
  if (node?.kind === "map" && intrinsicOf(node.tag) === undefined && (node.pairs.length > 0 || node.isFlow)) {
    // A key that a merge key brings is overridden here, not changed where it comes from.
    const child = applyEdit(childOf(old, segment) ?? null, { type: "set", path: deeper, value });
    return child === undefined ? undefined : addPair(context, slot, node, String(segment), child, after);
  }
  if (node?.kind === "list" && intrinsicOf(node.tag) === undefined) {
    const child = applyEdit(null, { type: "set", path: deeper, value });
    return child === undefined || segment !== node.items.length ? undefined : addItem(context, slot, node, child);
  }
  const whole = applyEdit(old ?? null, { type: "set", path: rest, value });
  return whole === undefined ? undefined : replaceValue(context, slot, whole);
}

function removeSplices(document: ParsedTemplate, context: SpliceContext, path: TemplatePath): readonly Splice[] | undefined {
  const parent = locate(document, path.slice(0, -1));
  const child = locate(document, path);
  if (parent && child?.rest.length === 0 && parent.rest.length === 0) {
    if (child.slot.type === "pair" && parent.slot.node?.kind === "map")
      return removePair(context, parent.slot, child.slot.map, child.slot.pair);
    if (child.slot.type === "item" && parent.slot.node?.kind === "list")
      return removeItem(context, parent.slot, child.slot.list, child.slot.item);
  }
  return undefined;
}

function renameSplices(document: ParsedTemplate, style: Style, path: TemplatePath, key: string): readonly Splice[] | undefined {
  const found = locate(document, path);
  if (found?.rest.length !== 0 || found.slot.type !== "pair") return undefined;
  const { map, pair } = found.slot;
  if (pair.isUnusual) return undefined;
  const old = pair.key;
  const quote = old.kind === "scalar" && old.style === "single" ? "'" : old.kind === "scalar" && old.style === "double" ? '"' : undefined;
  const text = quote ? writeText(key, style, map.isFlow, true, quote) : map.isFlow ? writeFlowKey(key, style) : writeKey(key, style);
  return [{ start: old.contentStart, end: old.end, text }];
}

/** A map set over a map becomes the changes between the two, so that what stays equal keeps its lines and comments. */
function smallerEdits(document: ParsedTemplate, path: TemplatePath, value: Json): readonly TemplateEdit[] | undefined {
  const found = locate(document, path);
  if (found?.rest.length !== 0) return undefined;
  const { node } = found.slot;
  const old = path.reduce<Json | undefined>((each, segment) => childOf(each, segment), document.value);
  if (node?.kind === "map" && isJsonObject(value) && isJsonObject(old) && intrinsicOf(node.tag) === undefined) {
    if (!Object.keys(value).some((key) => Object.hasOwn(old, key)) || node.pairs.some((pair) => isMerge(pair.key) || pair.isUnusual))
      return undefined;
    const edits: TemplateEdit[] = [];
    for (const key of Object.keys(old)) if (!Object.hasOwn(value, key)) edits.push({ type: "remove", path: [...path, key] });
    for (const [key, item] of Object.entries(value))
      if (!isSame(item, old[key])) edits.push({ type: "set", path: [...path, key], value: item });
    return edits.length <= 12 ? edits : undefined;
  }
  if (node?.kind === "list" && Array.isArray(value) && Array.isArray(old) && intrinsicOf(node.tag) === undefined)
    return listEdits(path, old, value);
  return undefined;
}

function listEdits(path: TemplatePath, old: readonly Json[], value: readonly Json[]): readonly TemplateEdit[] | undefined {
  let before = 0;
  while (before < old.length && before < value.length && isSame(old[before], value[before])) before += 1;
  let after = 0;
  while (after < old.length - before && after < value.length - before && isSame(old.at(-1 - after), value.at(-1 - after))) after += 1;
  if (value.length === old.length) {
    const edits = value.flatMap((item, index): TemplateEdit[] =>
      isSame(item, old[index]) ? [] : [{ type: "set", path: [...path, index], value: item }],
    );
    return edits.length < value.length || value.length === 1 ? edits : undefined;
  }
  if (before + after === value.length && value.length > 0) {
    return Array.from({ length: old.length - value.length }, (_, count): TemplateEdit => ({
      type: "remove",
      path: [...path, old.length - after - 1 - count],
    }));
  }
  if (before === old.length && before > 0) return value.slice(before).map((item): TemplateEdit => ({ type: "append", path, value: item }));
  return undefined;
}

/** Aliases elsewhere that stand for a node which the edit changes: they must keep their value. */
function sharedAliases(document: ParsedTemplate, edit: TemplateEdit): readonly SourceNode[] {
  if (document.targets.size === 0) return [];
  const found = locate(document, edit.path);
  if (found === undefined) return [];
  const changed = found.rest.length === 0 && edit.type !== "append" && edit.type !== "renameKey" ? found.slot.node : null;
  const end = found.slot.node;
  const isConcerned = (node: SourceNode): boolean =>
    (end !== null && node.start <= end.start && node.end >= end.end) ||
    (changed !== null && node.start >= changed.start && node.end <= changed.end);
  return [...document.targets].flatMap(([alias, target]) => {
    const isInside = changed !== null && alias.start >= changed.start && alias.end <= changed.end;
    return !isInside && isConcerned(target) ? [alias] : [];
  });
}

/** Writes out what aliases stand for, so that they no longer depend on their anchor. */
function expandAliases(document: ParsedTemplate, aliases: readonly SourceNode[]): ParsedTemplate {
  if (document.root === null) return document;
  const context = contextOf(document);
  const splices: Splice[] = [];
  const wanted = new Set(aliases);
  const visit = (slot: Slot, value: Json | undefined): void => {
    const { node } = slot;
    if (node === null || value === undefined) return;
    if (wanted.has(node)) {
      splices.push(...replaceValue(context, slot, value));
      return;
    }
    const intrinsic = node.kind === "alias" ? undefined : intrinsicOf(node.tag);
    const inner = intrinsic === undefined ? value : (childOf(value, intrinsic) ?? null);
    if (node.kind === "list") {
      for (const [index, item] of node.items.entries()) visit({ type: "item", list: node, item, node: item.value }, childOf(inner, index));
    } else if (node.kind === "map") {
      for (const pair of node.pairs) {
        if (!isMerge(pair.key)) visit({ type: "pair", map: node, pair, node: pair.value }, childOf(inner, pair.name));
        else if (
          [pair.value, ...(pair.value.kind === "list" ? pair.value.items.map((item) => item.value) : [])].some((each) => wanted.has(each))
        ) {
          splices.push(...expandMerge(context, slot, node, pair, inner));
        }
      }
    }
  };
  visit({ type: "root", node: document.root }, document.value);
  const result = parse(applySplices(document.text, splices), document.path, document.parts);
  return isSame(result.value, document.value) && result.problems.every((problem) => problem.severity !== "error") ? result : document;
}

/** Puts the keys that a merge key brings in its place. */
function expandMerge(context: SpliceContext, slot: Slot, map: MapNode, merge: PairNode, value: Json): readonly Splice[] {
  if (map.isFlow || !isJsonObject(value) || map.pairs.filter((pair) => isMerge(pair.key)).length > 1)
    return replaceValue(context, slot, value);
  const own = new Set(map.pairs.map((pair) => pair.name));
  const column = columnOf(context.text, merge.key.start);
  const lines = Object.entries(value).flatMap(([key, item]) => (own.has(key) ? [] : pairLines(key, item, column, context.style)));
  if (lines.length === 0) return removePair(context, slot, map, merge);
  return [{ start: merge.key.start, end: merge.end, text: lines.join(context.style.newline).trimStart() }];
}
