// How a template is written, so that new lines look like the ones around them.
import type { PairNode, Part, SourceNode } from "./source.ts";

export interface Style {
  readonly format: "yaml" | "json";
  readonly newline: "\n" | "\r\n";
  /** Columns per level of block maps (YAML) or of nesting (JSON). */
  readonly step: number;
  /** Whether JSON is indented with tabs. */
  readonly isTabbed: boolean;
  /** Columns that the dash of a list stands right of its key: 0 or `step`. */
  readonly listStep: number;
  readonly quote: "'" | '"';
  /** `{ a: 1 }` rather than `{a: 1}`. */
  readonly isPadded: boolean;
}

interface Counts {
  readonly steps: Map<number, number>;
  flush: number;
  indented: number;
  single: number;
  double: number;
  padded: number;
  tight: number;
}

export function styleOf(text: string, root: SourceNode | null, format: "yaml" | "json"): Style {
  const counts = noCounts();
  if (root) count({ text, format, counts }, root, root.kind === "map" && !root.isFlow ? -1 : 0);
  let step = 2;
  let most = 0;
  for (const [size, count] of counts.steps) {
    if (count > most) {
      step = size;
      most = count;
    }
  }
  const isTabbed = format === "json" && /\n\t/.test(text);
  return {
    format,
    newline: text.includes("\r\n") ? "\r\n" : "\n",
    step: isTabbed ? 1 : Math.max(1, Math.min(step, 8)),
    isTabbed,
    listStep: counts.flush > counts.indented ? 0 : Math.max(2, step),
    quote: counts.single > counts.double ? "'" : '"',
    isPadded: counts.padded >= counts.tight,
  };
}

function noCounts(): Counts {
  return { steps: new Map(), flush: 0, indented: 0, single: 0, double: 0, padded: 0, tight: 0 };
}

interface Counting {
  readonly text: string;
  readonly format: "yaml" | "json";
  readonly counts: Counts;
}

function count(counting: Counting, node: SourceNode, column: number): void {
  const { text, format, counts } = counting;
  if (node.kind === "scalar") {
    if (node.style === "single") counts.single += 1;
    if (node.style === "double") counts.double += 1;
    return;
  }
  if (node.kind === "alias") return;
  if (node.kind === "map") {
    const first = node.pairs[0];
    if (first === undefined) return;
    if (node.isFlow) countPadding(text, node.contentStart, counts);
    const own = node.isFlow && format === "yaml" ? column : columnOf(text, first.key.start);
    if (own > column && column >= 0 && (format === "json" || !node.isFlow)) addSteps(counts, own - column, 1);
    for (const pair of node.pairs) {
      if (pair.part) addCounts(counts, countsOfPart(pair.part, text, pair));
      else countEntry(counting, node.isFlow, pair, own);
    }
    return;
  }
  // Maps inside list items stand two columns right of the dash, whatever the indentation of maps.
  for (const item of node.items) count(counting, item.value, -1);
}

function countEntry(counting: Counting, isInFlow: boolean, { value }: PairNode, own: number): void {
  if (value.kind === "list" && !value.isFlow && !isInFlow && value.items[0]) {
    if (columnOf(counting.text, value.items[0].dash) > own) counting.counts.indented += 1;
    else counting.counts.flush += 1;
  }
  count(counting, value, own);
}

/** The same wherever the part stands: it begins with a line, so that columns are. */
const countsOfParts = new WeakMap<Part, Counts>();

function countsOfPart(part: Part, text: string, placed: PairNode): Counts {
  const known = countsOfParts.get(part);
  if (known !== undefined) return known;
  const counts = noCounts();
  countEntry({ text, format: "yaml", counts }, false, placed, columnOf(text, placed.start));
  countsOfParts.set(part, counts);
  return counts;
}

function addCounts(counts: Counts, more: Counts): void {
  for (const [size, times] of more.steps) addSteps(counts, size, times);
  for (const key of ["flush", "indented", "single", "double", "padded", "tight"] as const) counts[key] += more[key];
}

function addSteps(counts: Counts, size: number, times: number): void {
  counts.steps.set(size, (counts.steps.get(size) ?? 0) + times);
}

function countPadding(text: string, start: number, counts: Counts): void {
  const next = text[start + 1];
  if (next === " ") counts.padded += 1;
  else if (next !== "}" && next !== "\n" && next !== "\r") counts.tight += 1;
}

/** Columns left of an offset in its line; a byte order mark takes none. */
export function columnOf(text: string, offset: number): number {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return offset - start - (start === 0 && text.startsWith("\uFEFF") && offset > 0 ? 1 : 0);
}
