// Reads a large template part by part, so that an edit of one resource reads that resource anew and no other. A part is a
// section's header line, a whole short section, or one entry of a section. Where the text is not that regular, the
// whole is read instead: the tree is the same either way.
import type { MapNode, PairNode, Source, SourceNode } from "./source.ts";
import { readSource } from "./source.ts";

/** Parts by their text, as they stood in the last text that could be read in parts. */
export type SourceParts = ReadonlyMap<string, PairNode>;

interface PartSource extends Source {
  readonly parts: SourceParts;
}

/** Below that, reading the whole takes a few milliseconds. */
const leastCharacters = 12_000;
const noParts: SourceParts = new Map();

export function readInParts(text: string, known: SourceParts = noParts, least = leastCharacters): PartSource {
  const parts = new Map<string, PairNode>();
  const root = text.length < least ? undefined : rootOf(text, { known, parts });
  return root === undefined ? { ...readSource(text), parts: known } : { root, errors: [], parts };
}

interface Reading {
  readonly known: SourceParts;
  readonly parts: Map<string, PairNode>;
}

interface Span {
  readonly start: number;
  readonly end: number;
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
  return head ? { ...head, value } : partPair(text, section, reading);
}

function mapOf(pairs: readonly (PairNode | undefined)[]): MapNode | undefined {
  const [first] = pairs;
  const last = pairs.at(-1);
  const whole = pairs.filter((pair) => pair !== undefined);
  if (first === undefined || last === undefined || whole.length < pairs.length) return undefined;
  const end = Math.max(last.value.end, last.slot);
  return {
    start: first.start,
    contentStart: first.start,
    tag: undefined,
    anchor: undefined,
    kind: "map",
    isFlow: false,
    pairs: whole,
    end,
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
function partPair(text: string, { start, end }: Span, { known, parts }: Reading): PairNode | undefined {
  const part = text.slice(start, end);
  const before = known.get(part) ?? parts.get(part);
  const pair = before ?? onlyPair(readSource(part).root);
  if (pair === undefined) return undefined;
  // The key stands as far behind the part's beginning as its indentation.
  const shift = start + part.search(/[^ ]/) - pair.start;
  const placed = shift === 0 ? pair : shiftedPair(pair, shift);
  parts.set(part, placed);
  return placed;
}

function onlyPair(root: SourceNode | null): PairNode | undefined {
  const [pair, ...others] = root?.kind === "map" && !root.isFlow ? root.pairs : [];
  return pair === undefined || others.length > 0 || pair.isUnusual ? undefined : pair;
}

function shiftedPair(pair: PairNode, by: number): PairNode {
  return { ...pair, start: pair.start + by, slot: pair.slot + by, key: shifted(pair.key, by), value: shifted(pair.value, by) };
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
