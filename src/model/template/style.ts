// How a template is written, so that new lines look like the ones around them.
import type { SourceNode } from "./source.ts";

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

export function styleOf(text: string, root: SourceNode | null, format: "yaml" | "json"): Style {
  const counts = { steps: new Map<number, number>(), flush: 0, indented: 0, single: 0, double: 0, padded: 0, tight: 0 };
  const visit = (node: SourceNode, column: number): void => {
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
      if (own > column && column >= 0 && (format === "json" || !node.isFlow))
        counts.steps.set(own - column, (counts.steps.get(own - column) ?? 0) + 1);
      for (const pair of node.pairs) {
        const { value } = pair;
        if (value.kind === "list" && !value.isFlow && !node.isFlow && value.items[0]) {
          if (columnOf(text, value.items[0].dash) > own) counts.indented += 1;
          else counts.flush += 1;
        }
        visit(value, own);
      }
      return;
    }
    // Maps inside list items stand two columns right of the dash, whatever the indentation of maps.
    for (const item of node.items) visit(item.value, -1);
  };
  if (root) visit(root, root.kind === "map" && !root.isFlow ? -1 : 0);
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

function countPadding(text: string, start: number, counts: { padded: number; tight: number }): void {
  const next = text[start + 1];
  if (next === " ") counts.padded += 1;
  else if (next !== "}" && next !== "\n" && next !== "\r") counts.tight += 1;
}

/** Columns left of an offset in its line; a byte order mark takes none. */
export function columnOf(text: string, offset: number): number {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return offset - start - (start === 0 && text.startsWith("\uFEFF") && offset > 0 ? 1 : 0);
}
