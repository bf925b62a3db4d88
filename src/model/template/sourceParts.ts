// Reads a large template part by part, so that an edit of one resource reads that resource anew and no other. A part is a
// section's header line, a whole short section, or one entry of a section. Where the text is not that regular, the
// whole is read instead: the tree is the same either way.
import type { MapNode, PairNode, Part, Source, SourceNode } from "./source.ts";
import { readSource } from "./source.ts";

interface PlacedPart extends Span {
  readonly part: Part;
}

/** The parts of the last text that could be read in parts, in their order. */
export interface SourceParts {
  readonly text: string;
  readonly list: readonly PlacedPart[];
}

interface PartSource extends Source {
  readonly parts: SourceParts;
}

/** Below that, reading the whole takes a few milliseconds. */
const leastCharacters = 12_000;
export const noParts: SourceParts = { text: "", list: [] };

export function readInParts(text: string, known: SourceParts = noParts, least = leastCharacters): PartSource {
  const list: PlacedPart[] = [];
  const root = text.length < least ? undefined : rootOf(text, { knownPart: lookup(known, text), fresh: new Map(), list });
  return root === undefined ? { ...readSource(text), parts: known } : { root, errors: [], parts: { text, list } };
}

interface Reading {
  knownPart(span: Span): Part | undefined;
  /** Parts that were read anew, by their text. */
  readonly fresh: Map<string, Part>;
  readonly list: PlacedPart[];
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Finds parts of the text before that say the same. Most follow each other as they did; others are looked for among those as long. */
function lookup({ text: before, list }: SourceParts, text: string): Reading["knownPart"] {
  let next = 0;
  let byLength: Map<number, number[]> | undefined;
  const byText = new Map<number, Map<string, number>>();
  const textOf = (index: number): string => before.slice(list[index]?.start, list[index]?.end);
  const elsewhere = ({ start, end }: Span): number | undefined => {
    byLength ??= Map.groupBy(list.keys(), (index) => (list[index]?.end ?? 0) - (list[index]?.start ?? 0));
    const length = end - start;
    const known = byText.get(length) ?? new Map((byLength.get(length) ?? []).map((index) => [textOf(index), index]));
    byText.set(length, known);
    return known.size === 0 ? undefined : known.get(text.slice(start, end));
  };
  const isSame = (index: number, { start, end }: Span): boolean => {
    const part = list[index];
    return part !== undefined && part.end - part.start === end - start && text.startsWith(textOf(index), start);
  };
  return (span) => {
    const found = isSame(next, span) ? next : isSame(next + 1, span) ? next + 1 : elsewhere(span);
    if (found === undefined) return undefined;
    next = found + 1;
    return list[found]?.part;
  };
}

function rootOf(text: string, reading: Reading): MapNode | undefined {
  const sections = entriesOf(text, { start: 0, end: text.length }, 0);
  const pairs = sections?.map((section) => sectionPair(text, section, reading));
  return pairs && mapOf(pairs);
}

/** A section entry by entry, where it has the form of a map in block style; else in one. */
function sectionPair(text: string, section: Span, reading: Reading): PairNode | undefined {
  const headerEnd = text.indexOf("\n", section.start) + 1;
  const header = text.slice(section.start, headerEnd);
  const indent = /^[A-Za-z]+:(?:[ \t]+#.*)?[ \t]*\r?\n$/.test(header) ? indentBelow(text, { start: headerEnd, end: section.end }) : 0;
  const entries = indent === 0 ? undefined : entriesOf(text, { start: headerEnd, end: section.end }, indent);
  const value = entries && mapOf(entries.map((entry) => partPair(text, entry, reading)));
  const head = value && partPair(text, { start: section.start, end: headerEnd }, reading);
  return head ? { ...head, value, end: value.end, part: undefined } : partPair(text, section, reading);
}

function mapOf(pairs: readonly (PairNode | undefined)[]): MapNode | undefined {
  const [first] = pairs;
  const last = pairs.at(-1);
  const whole = pairs.filter((pair) => pair !== undefined);
  if (first === undefined || last === undefined || whole.length < pairs.length) return undefined;
  return {
    start: first.start,
    contentStart: first.start,
    tag: undefined,
    anchor: undefined,
    kind: "map",
    isFlow: false,
    pairs: whole,
    end: last.end,
  };
}

/** Where entries of a map begin that stands at this indentation; undefined when a line does not fit the form. */
function entriesOf(text: string, { start, end }: Span, indent: number): readonly Span[] | undefined {
  const starts: number[] = [];
  for (let line = start; line < end; line = nextLine(text, line, end)) {
    let at = line;
    while (text[at] === " ") at += 1;
    const first = text[at] ?? "\n";
    if (first === "\n" || first === "\r" || first === "#") continue;
    if (at - line < indent || (at - line > indent && starts.length === 0)) return undefined;
    if (at - line > indent) continue;
    if (/[A-Za-z0-9]/.test(first)) starts.push(line);
    // a list at the indentation of its key belongs to the entry before
    else if (first !== "-" || text[at + 1] !== " " || starts.length === 0) return undefined;
  }
  return starts.length === 0 ? undefined : starts.map((each, index) => ({ start: each, end: starts[index + 1] ?? end }));
}

function indentBelow(text: string, { start, end }: Span): number {
  for (let line = start; line < end; line = nextLine(text, line, end)) {
    const [, spaces = "", first] = /^( *)([^\r\n]?)/.exec(text.slice(line, line + 40)) ?? [];
    if (first !== undefined && first !== "" && first !== "#") return spaces.length;
  }
  return 0;
}

function nextLine(text: string, offset: number, end: number): number {
  const found = text.indexOf("\n", offset);
  return found < 0 ? end : found + 1;
}

/** The one entry that a part holds; undefined when it holds an error, or something else. */
function partPair(text: string, span: Span, reading: Reading): PairNode | undefined {
  const { knownPart, list } = reading;
  const part = knownPart(span) ?? readPart(text.slice(span.start, span.end), reading);
  if (part === undefined) return undefined;
  list.push({ ...span, part });
  return placedPair(part, span.start);
}

function readPart(text: string, { fresh }: Reading): Part | undefined {
  const same = fresh.get(text);
  if (same !== undefined) return same;
  const pair = onlyPair(readSource(text).root);
  if (pair === undefined) return undefined;
  const part = { pair };
  fresh.set(text, part);
  return part;
}

function onlyPair(root: SourceNode | null): PairNode | undefined {
  const [pair, ...others] = root?.kind === "map" && !root.isFlow ? root.pairs : [];
  return pair === undefined || others.length > 0 || pair.isUnusual ? undefined : pair;
}

/** The entry as far behind: most of a large text is never looked at, so that nodes are made when they are asked for. */
function placedPair(part: Part, by: number): PairNode {
  const { pair } = part;
  let key: SourceNode | undefined;
  let value: SourceNode | undefined;
  return {
    start: pair.start + by,
    get key() {
      return (key ??= shifted(pair.key, by));
    },
    name: pair.name,
    slot: pair.slot + by,
    end: pair.end + by,
    get value() {
      return (value ??= shifted(pair.value, by));
    },
    isUnusual: pair.isUnusual,
    part,
  };
}

function shiftedPair(pair: PairNode, by: number): PairNode {
  return {
    ...pair,
    start: pair.start + by,
    slot: pair.slot + by,
    end: pair.end + by,
    key: shifted(pair.key, by),
    value: shifted(pair.value, by),
  };
}

function shifted(node: SourceNode, by: number): SourceNode {
  const place = { start: node.start + by, contentStart: node.contentStart + by, end: node.end + by };
  if (node.kind === "map") return { ...node, ...place, pairs: node.pairs.map((pair) => shiftedPair(pair, by)) };
  if (node.kind === "list") {
    return {
      ...node,
      ...place,
      items: node.items.map((item) => ({ dash: item.dash + by, slot: item.slot + by, value: shifted(item.value, by) })),
    };
  }
  return { ...node, ...place };
}
