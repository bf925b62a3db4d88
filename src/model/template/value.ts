// From the source tree to the plain value: scalars resolved as CloudFormation's YAML 1.1 readers do, short intrinsics in
// long form, aliases and merge keys applied. Never throws: what cannot be read becomes a finding and a best guess.
import type { Json, JsonObject } from "../json.ts";
import { intrinsicOf } from "./intrinsicTags.ts";
import type { MapNode, PairNode, Part, ScalarNode, SourceNode } from "./source.ts";
import { type Words, words } from "../words.ts";

interface Finding {
  readonly rule: string;
  readonly words: Words;
  readonly severity: "error" | "warning";
  readonly start: number;
  readonly end: number;
}

export interface Reading {
  readonly value: Json;
  readonly findings: readonly Finding[];
  /** What each alias stands for. */
  readonly targets: ReadonlyMap<SourceNode, SourceNode>;
}

/** Values that aliases may multiply to: far above any template, far below what hurts ("billion laughs"). */
const maxValues = 200_000;
/** Long texts count as several. */
const charactersPerValue = 50;

interface Anchored {
  readonly node: SourceNode;
  readonly isOpen: boolean;
  readonly value: Json;
  readonly size: number;
}

interface State {
  readonly isJson: boolean;
  readonly findings: Finding[];
  readonly anchors: Map<string, Anchored>;
  readonly targets: Map<SourceNode, SourceNode>;
  size: number;
  isExhausted: boolean;
}

/** Parts of a text that stay the same from version to version give the very same values. */
export function readValue(root: SourceNode, format: "yaml" | "json"): Reading {
  const state = newState(format === "json");
  const value = read(root, state);
  return { value: state.isExhausted ? {} : value, findings: state.findings, targets: state.targets };
}

function newState(isJson: boolean): State {
  return { isJson, findings: [], anchors: new Map(), targets: new Map(), size: 0, isExhausted: false };
}

interface PartValue {
  readonly value: Json;
  readonly size: number;
}

/** null: what the part says depends on others, or there is something to find in it. */
const partValues = new WeakMap<Part, PartValue | null>();

function readEntry(pair: PairNode, state: State): Json {
  const known = pair.part && partValue(pair.part);
  if (!known) return read(pair.value, state);
  state.size += known.size;
  return known.value;
}

function partValue(part: Part): PartValue | null {
  const known = partValues.get(part);
  if (known !== undefined) return known;
  const state = newState(false);
  const value = read(part.pair.value, state);
  const isAlone = state.findings.length === 0 && state.anchors.size === 0 && state.targets.size === 0;
  const found = isAlone ? { value, size: state.size } : null;
  partValues.set(part, found);
  return found;
}

function find(state: State, node: SourceNode, rule: string, what: Words, severity: Finding["severity"] = "error"): void {
  // What follows from values that were not read is no finding of its own.
  if (state.findings.length < 50 && !state.isExhausted)
    state.findings.push({ rule, words: what, severity, start: node.start, end: Math.max(node.end, node.start + 1) });
}

function read(node: SourceNode, state: State): Json {
  if (node.kind === "alias") return readAlias(node, state);
  const before = state.size;
  state.size += 1 + (node.kind === "scalar" ? Math.floor(node.text.length / charactersPerValue) : 0);
  if (node.anchor !== undefined) state.anchors.set(node.anchor, { node, isOpen: true, value: null, size: 0 });
  const value = tagged(node, state);
  if (node.anchor !== undefined) state.anchors.set(node.anchor, { node, isOpen: false, value, size: state.size - before });
  return value;
}

function readAlias(node: SourceNode & { kind: "alias" }, state: State): Json {
  const anchored = state.anchors.get(node.name);
  if (anchored === undefined) {
    find(state, node, "template.unknown-anchor", words("The alias *{{name}} has no anchor &{{name}} before it.", { name: node.name }));
    return null;
  }
  if (anchored.isOpen) {
    find(
      state,
      node,
      "template.cyclic-alias",
      words("The alias *{{name}} stands inside the value it refers to. Write the value out instead.", { name: node.name }),
    );
    return null;
  }
  state.targets.set(node, anchored.node);
  state.size += anchored.size;
  if (state.size > maxValues) {
    if (!state.isExhausted)
      find(
        state,
        node,
        "template.too-many-aliases",
        words("Aliases multiply this template to more than {{most}} values.", { most: maxValues }),
      );
    state.isExhausted = true;
    return null;
  }
  return copyOf(anchored.value);
}

function copyOf(value: Json): Json {
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== "object" || value === null) return value;
  const copy: JsonObject = {};
  for (const [key, item] of Object.entries(value)) put(copy, key, item === undefined ? null : copyOf(item));
  return copy;
}

function tagged(node: Exclude<SourceNode, { kind: "alias" }>, state: State): Json {
  const { tag } = node;
  const name = intrinsicOf(tag);
  if (name !== undefined) {
    const argument =
      node.kind === "scalar" && name !== "Fn::GetAZs" && node.style === "plain" ? textArgument(name, node.text) : plain(node, state);
    if (name === "Fn::GetAtt" && typeof argument === "string") return { [name]: splitAttribute(argument) };
    return { [name]: argument };
  }
  if (tag !== undefined && tag.startsWith("!")) {
    find(
      state,
      node,
      "template.unknown-tag",
      words("The tag {{tag}} is not a CloudFormation function. Known are !Ref, !Sub, !GetAtt and the other short forms.", { tag }),
    );
  }
  return plain(node, state);
}

/** `!Ref 1` names a thing called "1": what follows a tag is text, except for functions that take a number or nothing. */
function textArgument(name: string, text: string): Json {
  return name === "Fn::Ref" ||
    name === "Ref" ||
    name === "Condition" ||
    name === "Fn::GetAtt" ||
    name === "Fn::Sub" ||
    name === "Fn::ImportValue"
    ? text
    : plainScalar(text);
}

function splitAttribute(text: string): Json {
  const dot = text.indexOf(".");
  return dot < 0 ? text : [text.slice(0, dot), text.slice(dot + 1)];
}

function plain(node: Exclude<SourceNode, { kind: "alias" }>, state: State): Json {
  if (node.kind === "scalar") return state.isJson ? jsonScalar(node) : scalarValue(node);
  if (node.kind === "list") return node.items.map((item) => read(item.value, state));
  return readMap(node, state);
}

function readMap(node: MapNode, state: State): JsonObject {
  const own: JsonObject = {};
  const merged: Json[] = [];
  const seen = new Set<string>();
  for (const pair of node.pairs) {
    if (pair.name === "<<" && isMerge(pair.key)) {
      const value = read(pair.value, state);
      for (const each of Array.isArray(value) ? value : [value]) {
        if (typeof each === "object" && each !== null && !Array.isArray(each)) merged.push(each);
        else find(state, pair.value, "template.merge-key", words("A merge key `<<` takes a map, or a list of maps."));
      }
      continue;
    }
    if (pair.key.kind !== "scalar") {
      find(state, pair.key, "template.key", words("A key must be text."));
      if (pair.key.kind === "alias") readAlias(pair.key, state);
    }
    if (seen.has(pair.name))
      find(
        state,
        pair.key,
        "template.duplicate-key",
        words("The key {{name}} stands twice in this map. Remove or rename one of them.", { name: pair.name }),
      );
    seen.add(pair.name);
    if (pair.key.anchor !== undefined && pair.key.kind === "scalar") {
      state.anchors.set(pair.key.anchor, { node: pair.key, isOpen: false, value: pair.name, size: 1 });
    }
    put(own, pair.name, readEntry(pair, state));
  }
  if (merged.length === 0) return own;
  const result: JsonObject = {};
  // Earlier maps of a merge list win over later ones, own keys over all of them.
  for (const each of merged.toReversed()) for (const [key, value] of Object.entries(each as JsonObject)) put(result, key, value);
  for (const [key, value] of Object.entries(own)) {
    delete result[key];
    put(result, key, value);
  }
  return result;
}

/** `__proto__` is a key like any other. */
export function put(object: JsonObject, key: string, value: Json): void {
  if (key === "__proto__") Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}

export function isMerge(key: SourceNode): boolean {
  return key.kind === "scalar" && key.style === "plain" && key.text === "<<" && key.tag === undefined;
}

function scalarValue(node: ScalarNode): Json {
  if (node.tag === "tag:yaml.org,2002:str" || node.style !== "plain") return node.text;
  return plainScalar(node.text);
}

/** JSON knows exponents without a dot, which YAML 1.1 reads as text. */
function jsonScalar(node: ScalarNode): Json {
  return node.style === "plain" && /[eE]/.test(node.text) && /^-?[0-9]/.test(node.text) ? exact(node.text) : scalarValue(node);
}

const booleans = new Map<string, boolean>(
  [
    ["true", true],
    ["yes", true],
    ["on", true],
    ["false", false],
    ["no", false],
    ["off", false],
  ].flatMap(([word, value]) => {
    const text = String(word);
    return [text, text.toUpperCase(), text[0]?.toUpperCase() + text.slice(1)].map((each): [string, boolean] => [each, value === true]);
  }),
);

/** A scalar without quotes: null, boolean, number or text. */
export function plainScalar(text: string): Json {
  if (text === "" || text === "~" || text === "null" || text === "Null" || text === "NULL") return null;
  const first = text.charCodeAt(0);
  const isNumeric = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  if (!isNumeric) return booleans.get(text) ?? text;
  // Leading zeros stay text: an account id or a file mode must not change its digits.
  if (/^[-+]?(0|[1-9][0-9]*)$/.test(text)) return exact(text);
  if (/^[-+]?0x[0-9a-fA-F]+$/.test(text)) return Number(text.replace(/^[-+]/, "")) * (text.startsWith("-") ? -1 : 1);
  if (/^[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$/.test(text)) return exact(text);
  return text;
}

/** Numbers that JavaScript cannot hold exactly stay text. */
function exact(text: string): Json {
  const number = Number(text);
  if (
    !Number.isFinite(number) ||
    (/^[-+]?[0-9]+$/.test(text) && Math.abs(number) > Number.MAX_SAFE_INTEGER && String(number) !== text.replace("+", ""))
  )
    return text;
  return Object.is(number, -0) ? 0 : number;
}
