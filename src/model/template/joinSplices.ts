// Splices of several edits put together, as if the edits had come one after the other.
import type { Splice } from "./splice.ts";
import { isBlank, lineStart } from "./textLines.ts";

/** Splices in order, with runs of removed lines made one; undefined when others overlap. */
export function joinSplices(text: string, splices: readonly Splice[]): readonly Splice[] | undefined {
  const result: Splice[] = [];
  for (const splice of splices.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const last = result.at(-1);
    if (last === undefined || splice.start >= last.end) result.push(splice);
    else if (removesLines(text, last) && splice.text === "")
      result[result.length - 1] = withBlankAbove(text, last.start, Math.max(last.end, splice.end));
    else return undefined;
  }
  return result;
}

function removesLines(text: string, { start, end, text: written }: Splice): boolean {
  return written === "" && (start === 0 || text[start - 1] === "\n") && (end === text.length || text[end - 1] === "\n");
}

/** The end of a section gives back the blank line above it, as its last entry alone would. */
function withBlankAbove(text: string, from: number, end: number): Splice {
  let start = from;
  while (start > 0 && isBlank(text, lineStart(text, start - 1)) && (end >= text.length || isBlank(text, end)))
    start = lineStart(text, start - 1);
  return { start, end, text: "" };
}
