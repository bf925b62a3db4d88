// A definition as a block of text (`|`) in a template: its lines without their indentation, and where each offset stands in both.

export interface TextInBlock {
  readonly text: string;
  toInner(offset: number): number;
  toOuter(offset: number): number;
}

/** `from`: where the block's first line begins. */
export function textInBlock(whole: string, from: number): TextInBlock {
  const lines: { readonly outer: number; readonly inner: number; readonly length: number; readonly indent: number }[] = [];
  let indent: number | undefined;
  let text = "";
  for (let begin = from; begin <= whole.length;) {
    const end = whole.indexOf("\n", begin);
    const line = whole.slice(begin, end < 0 ? whole.length : end);
    const own = line.length - line.trimStart().length;
    const isBlank = line.trim() === "";
    if (!isBlank) indent ??= own;
    if (!isBlank && own < (indent ?? 0)) break;
    const cut = Math.min(own, indent ?? own);
    lines.push({ outer: begin, inner: text.length, length: line.length - cut, indent: cut });
    text += `${line.slice(cut)}\n`;
    if (end < 0) break;
    begin = end + 1;
  }
  return {
    text,
    toInner(offset) {
      const line = lines.findLast(({ outer }) => outer <= offset);
      return line === undefined ? 0 : line.inner + Math.min(line.length, Math.max(0, offset - line.outer - line.indent));
    },
    toOuter(offset) {
      const line = lines.findLast(({ inner }) => inner <= offset);
      return line === undefined ? from : line.outer + line.indent + (offset - line.inner);
    },
  };
}
