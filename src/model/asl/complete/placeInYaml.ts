// Where an offset stands in YAML text, by its lines and their indentation, however unfinished the text is.
import type { PlaceInText } from "./placeInJson.ts";

interface Level {
  readonly column: number;
  readonly step: string | number;
}

const keyAhead = /^(["']?)([^\s"'#&*!|>%@`{}[\],:-][^:#"']*?|<<)\1:(?:\s+|$)/;

/** null: in a comment, or where nothing begins. */
export function placeInYaml(text: string, offset: number): PlaceInText | null {
  const levels: Level[] = [];
  /** Of a block of text (`|`): the column of its key, and where it begins. */
  let block: { readonly column: number; readonly from: number } | null = null;
  let at = 0;
  for (const line of text.slice(0, offset).split("\n")) {
    const begin = at;
    at += line.length + 1;
    const isLast = at > offset;
    const indent = line.length - line.trimStart().length;
    if (block !== null && (line.trim() === "" || indent > block.column)) {
      if (isLast) return { steps: stepsOf(levels), role: "value", isInText: true, from: block.from, to: offset };
      continue;
    }
    block = null;
    if (line.trim().startsWith("#")) {
      if (isLast) return null;
      continue;
    }
    if (line.trim() === "" && !isLast) continue;
    const rest = enterLine(levels, line);
    const key = keyAhead.exec(rest.text);
    if (key === null) {
      if (!isLast) continue;
      const typed = /^["']?([\w.$]*)$/.exec(rest.text);
      const isItem = levels.at(-1)?.column === rest.column - 2 && typeof levels.at(-1)?.step === "number";
      if (typed !== null && !rest.text.startsWith("{")) {
        const from = offset - (typed[1] ?? "").length;
        const isQuoted = /^["']/.test(rest.text);
        return { steps: stepsOf(levels), role: isItem && isQuoted ? "value" : "key", isInText: isQuoted, from, to: offset };
      }
      return { steps: stepsOf(levels), role: "value", isInText: true, from: begin + rest.column + quoteLength(rest.text), to: offset };
    }
    const name = key[2] ?? "";
    levels.push({ column: rest.column, step: name });
    const value = rest.text.slice(key[0].length);
    const from = begin + rest.column + key[0].length;
    if (/^(?:![\w:.]+[ \t]+)?[|>][-+0-9]*[ \t]*(?:#.*)?$/.test(value)) block = { column: rest.column, from: at };
    if (isLast && block === null) {
      return { steps: stepsOf(levels), role: "value", isInText: true, from: from + quoteLength(value), to: endOfValue(text, offset) };
    }
  }
  return null;
}

/** Leaves what the line is not inside of, and goes into its list items; gives what follows them. */
function enterLine(levels: Level[], line: string): { readonly text: string; readonly column: number } {
  let column = line.length - line.trimStart().length;
  while (/^-(?:\s|$)/.test(line.slice(column))) {
    while ((levels.at(-1)?.column ?? -1) > column) levels.pop();
    const top = levels.at(-1);
    const index = top?.column === column && typeof top.step === "number" ? top.step + 1 : 0;
    if (index > 0) levels.pop();
    levels.push({ column, step: index });
    const after = line.slice(column + 1);
    column += 1 + (after.length - after.trimStart().length);
  }
  const isItem = line.slice(0, column).includes("-");
  while (!isItem && (levels.at(-1)?.column ?? -1) >= column) levels.pop();
  return { text: line.slice(column), column };
}

function stepsOf(levels: readonly Level[]): readonly (string | number)[] {
  return levels.map(({ step }) => step);
}

function quoteLength(value: string): number {
  return /^["']/.test(value) ? 1 : 0;
}

function endOfValue(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  const line = text.slice(offset, end < 0 ? text.length : end);
  return offset + line.replace(/["']?\s*$/, "").length;
}
