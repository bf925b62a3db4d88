/** Replaces lines `from` up to, not including, `to` (0-based) by other lines. */
export interface LineEdit {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

const MAX_COMPARED_PAIRS = 1_000_000;

/**
 * The lines in which two texts differ, as edits from top to bottom of the older one: what is the same is not touched,
 * so cursor, folds and markers stay where they are when the canvas changes a document that an editor shows.
 */
export function lineEdits(before: readonly string[], after: readonly string[]): readonly LineEdit[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let oldEnd = before.length;
  let newEnd = after.length;
  while (oldEnd > start && newEnd > start && before[oldEnd - 1] === after[newEnd - 1]) {
    oldEnd -= 1;
    newEnd -= 1;
  }
  if (start === oldEnd && start === newEnd) return [];
  if ((oldEnd - start) * (newEnd - start) > MAX_COMPARED_PAIRS) return [{ from: start, to: oldEnd, lines: after.slice(start, newEnd) }];
  return middleEdits(before.slice(start, oldEnd), after.slice(start, newEnd), start);
}

function middleEdits(before: readonly string[], after: readonly string[], offset: number): readonly LineEdit[] {
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  const at = (row: number, column: number): number => common[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      common[row * width + column] =
        before[row] === after[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const edits: { from: number; to: number; lines: string[] }[] = [];
  let open: { from: number; to: number; lines: string[] } | null = null;
  for (let row = 0, column = 0; row < before.length || column < after.length;) {
    if (row < before.length && column < after.length && before[row] === after[column]) {
      open = null;
      row += 1;
      column += 1;
      continue;
    }
    if (open === null) edits.push((open = { from: offset + row, to: offset + row, lines: [] }));
    const takesNew = column < after.length && (row === before.length || at(row, column + 1) > at(row + 1, column));
    if (takesNew) open.lines.push(after[column++] ?? "");
    else open.to = offset + ++row;
  }
  return edits;
}

const byteOrderMark = "\uFEFF";

/** Lines as an editor has them: without endings, without a byte order mark. */
export function linesIn(text: string): string[] {
  return withoutMark(text).split(/\r\n|\r|\n/);
}

/**
 * The text of an editor's lines with the byte order mark and the line endings that `before` has: an editor knows one
 * ending for all lines, a file may have several, and lines that nobody touched keep theirs.
 */
export function withEndingsOf(before: string, lines: readonly string[], newEnding: string): string {
  const mark = before.startsWith(byteOrderMark) ? byteOrderMark : "";
  const endings = withoutMark(before).match(/\r\n|\r|\n/g) ?? [];
  if (endings.every((ending) => ending === newEnding)) return mark + lines.join(newEnding);
  const kept: (string | undefined)[] = [...endings, ""];
  for (const edit of lineEdits(linesIn(before), lines).toReversed())
    kept.splice(
      edit.from,
      edit.to - edit.from,
      ...edit.lines.map((_line, index) => (edit.from + index < edit.to ? kept[edit.from + index] : undefined)),
    );
  return mark + lines.map((line, index) => line + (index === lines.length - 1 ? "" : kept[index] || newEnding)).join("");
}

function withoutMark(text: string): string {
  return text.startsWith(byteOrderMark) ? text.slice(1) : text;
}
