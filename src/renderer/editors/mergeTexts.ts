import { lineEdits, type LineEdit } from "./textEdits.ts";

/**
 * The text with the changes that two people made to `base`, or null where they changed the same lines. Lines keep their
 * endings, so that what nobody touched stays as it is, byte for byte.
 */
export function mergeTexts(base: string, mine: string, theirs: string): string | null {
  const lines = linesOf(base);
  const own = lineEdits(lines, linesOf(mine));
  const edits = [...own];
  for (const edit of lineEdits(lines, linesOf(theirs))) {
    const met = own.filter((other) => meet(edit, other));
    if (met.length === 0) edits.push(edit);
    else if (met.length > 1 || !met.every((other) => areSame(edit, other))) return null;
  }
  for (const edit of edits.toSorted((a, b) => b.from - a.from || b.to - a.to)) lines.splice(edit.from, edit.to - edit.from, ...edit.lines);
  return lines.join("");
}

function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/);
}

/** Whether two edits concern the same lines, or the order of what they bring would be a guess. */
function meet(a: LineEdit, b: LineEdit): boolean {
  const isInsertion = a.from === a.to || b.from === b.to;
  return isInsertion ? a.from <= b.to && b.from <= a.to : a.from < b.to && b.from < a.to;
}

function areSame(a: LineEdit, b: LineEdit): boolean {
  return a.from === b.from && a.to === b.to && a.lines.length === b.lines.length && a.lines.every((line, index) => line === b.lines[index]);
}
