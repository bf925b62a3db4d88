import type { Json, JsonObject } from "../../../model/json.ts";
import { ExactNumber } from "../../../model/asl/number.ts";
import { writeValue } from "../../../model/asl/value.ts";
import { isJsonObject } from "../../../model/json.ts";

/** A JSON value, or the difference of two, as the tree that JsonView shows. */
export interface JsonNode {
  /** Unique in the tree; a changed value stands twice, once removed and once added. */
  readonly id: string;
  /** Property name, or null inside a list and at the root. */
  readonly name: string | null;
  readonly change: "same" | "added" | "removed";
  readonly shape: "object" | "array" | "leaf";
  /** The value itself, for copying; for a differing container the newer one. */
  readonly value: Json;
  readonly children: readonly JsonNode[];
  /** The value is text that holds JSON (an event's `body`) and is shown opened. */
  readonly isEmbedded: boolean;
  /** Something below differs. */
  readonly hasChange: boolean;
}

type Change = JsonNode["change"];

export function jsonTree(value: Json, opensText = true): JsonNode {
  return plainNode(value, null, "$", "same", opensText);
}

/** `undefined` means that there was, or is, nothing. */
export function jsonDifference(before: Json | undefined, after: Json | undefined): readonly JsonNode[] {
  return differenceNodes(before, after, null, "$");
}

function plainNode(value: Json, name: string | null, id: string, change: Change, opensText: boolean): JsonNode {
  const opened = opensText && typeof value === "string" ? openText(value) : undefined;
  const shown = opened ?? value;
  const hasChange = change !== "same";
  const common = { id, name, change, value, isEmbedded: opened !== undefined, hasChange };
  if (Array.isArray(shown)) {
    return { ...common, shape: "array", children: shown.map((each, at) => plainNode(each, null, `${id}/${at}`, change, opensText)) };
  }
  // a number that JavaScript would write otherwise is shown as it is
  if (isJsonObject(shown) && !(shown instanceof ExactNumber)) {
    const children = Object.entries(shown).map(([key, each]) => plainNode(each, key, `${id}/${key}`, change, opensText));
    return { ...common, shape: "object", children };
  }
  return { ...common, shape: "leaf", children: [] };
}

/** Text that is a JSON object or list; a bare number or word in quotes stays text. */
function openText(text: string): Json | undefined {
  const first = text.trimStart()[0];
  if (first !== "{" && first !== "[") return undefined;
  try {
    // A parser's output is JSON by definition.
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function differenceNodes(before: Json | undefined, after: Json | undefined, name: string | null, id: string): JsonNode[] {
  if (before === undefined && after === undefined) return [];
  if (before === undefined && after !== undefined) return [plainNode(after, name, `${id}+`, "added", false)];
  if (after === undefined && before !== undefined) return [plainNode(before, name, `${id}-`, "removed", false)];
  if (before === undefined || after === undefined) return [];
  if (sameJson(before, after)) return [plainNode(after, name, id, "same", false)];
  if (Array.isArray(before) && Array.isArray(after)) return [container("array", after, name, id, arrayDifference(before, after, id))];
  const isExact = before instanceof ExactNumber || after instanceof ExactNumber;
  if (!isExact && isJsonObject(before) && isJsonObject(after))
    return [container("object", after, name, id, objectDifference(before, after, id))];
  return [plainNode(before, name, `${id}-`, "removed", false), plainNode(after, name, `${id}+`, "added", false)];
}

function container(shape: "array" | "object", value: Json, name: string | null, id: string, children: readonly JsonNode[]): JsonNode {
  return { id, name, change: "same", shape, value, children, isEmbedded: false, hasChange: true };
}

/** Keys in the newer order, with those that went at the place where they stood. */
function objectDifference(before: JsonObject, after: JsonObject, id: string): JsonNode[] {
  const nodes: JsonNode[] = [];
  const waiting = Object.keys(before);
  const flushRemoved = (until: string | null) => {
    const end = until === null ? waiting.length : waiting.indexOf(until);
    for (const key of waiting.splice(0, end)) {
      if (!(key in after)) nodes.push(...differenceNodes(before[key], undefined, key, `${id}/${key}`));
    }
  };
  for (const key of Object.keys(after)) {
    if (waiting.includes(key)) {
      flushRemoved(key);
      waiting.shift();
    }
    nodes.push(...differenceNodes(before[key], after[key], key, `${id}/${key}`));
  }
  flushRemoved(null);
  return nodes;
}

function arrayDifference(before: readonly Json[], after: readonly Json[], id: string): JsonNode[] {
  const nodes: JsonNode[] = [];
  let old = 0;
  let young = 0;
  for (const [oldEnd, youngEnd] of [...commonElements(before, after), [before.length, after.length] as const]) {
    const paired = Math.min(oldEnd - old, youngEnd - young);
    for (let at = 0; at < paired; at += 1) nodes.push(...differenceNodes(before[old + at], after[young + at], null, `${id}/${young + at}`));
    for (let at = old + paired; at < oldEnd; at += 1) nodes.push(...differenceNodes(before[at], undefined, null, `${id}/-${at}`));
    for (let at = young + paired; at < youngEnd; at += 1) nodes.push(...differenceNodes(undefined, after[at], null, `${id}/${at}`));
    const same = after[youngEnd];
    if (same !== undefined) nodes.push(plainNode(same, null, `${id}/${youngEnd}`, "same", false));
    old = oldEnd + 1;
    young = youngEnd + 1;
  }
  return nodes;
}

const MAX_COMPARED_PAIRS = 40_000;

/** Pairs of indexes of the longest common subsequence; beyond the limit, elements are compared place by place. */
function commonElements(before: readonly Json[], after: readonly Json[]): (readonly [number, number])[] {
  const left = before.map((each) => writeValue(each));
  const right = after.map((each) => writeValue(each));
  if (left.length * right.length > MAX_COMPARED_PAIRS) {
    return left.flatMap((each, at) => (each === right[at] ? [[at, at] as const] : []));
  }
  const width = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * width);
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = left.length - 1; row >= 0; row -= 1) {
    for (let column = right.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        left[row] === right[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let row = 0, column = 0; row < left.length && column < right.length;) {
    if (left[row] === right[column]) pairs.push([row++, column++]);
    else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return pairs;
}

export function sameJson(left: Json, right: Json): boolean {
  if (left === right) return true;
  if (Array.isArray(left)) {
    return Array.isArray(right) && left.length === right.length && left.every((each, at) => sameJson(each, right[at] ?? null));
  }
  if (!isJsonObject(left) || !isJsonObject(right)) return false;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => key in right && sameJson(left[key] ?? null, right[key] ?? null));
}
