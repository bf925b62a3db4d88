import type { TextPosition, TextRange } from "../problem.ts";

export interface Lines {
  position(offset: number): TextPosition;
  range(start: number, end: number): TextRange;
}

/** Turns offsets into lines and columns; line starts are found once, when first asked for. */
export function linesOf(text: string): Lines {
  let starts: number[] | undefined;
  const find = (): number[] => {
    const found = [0];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) found.push(at + 1);
    return found;
  };
  const position = (offset: number): TextPosition => {
    starts ??= find();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1, offset };
  };
  return { position, range: (start, end) => ({ start: position(start), end: position(Math.max(start, end)) }) };
}
