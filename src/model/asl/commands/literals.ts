// What a definition says that a JSON value would lose: numbers such as `1.0`, and `${Name}` where no quotes stand. While a
// command works on the text these stand as marked text, so that they are the same afterwards, moved or not.

const mark = "\uE001";
const unquoted = /"(?:[^"\\]|\\.)*"|\$\{[^}"]*\}|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const plainNumber = /(?<![\w.$"'{-])-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w."'}])/g;

export interface Marked {
  readonly text: string;
  /** Takes the marks out again. */
  unmark(text: string): string;
}

export function markLiterals(text: string, format: "json" | "yaml"): Marked {
  if (text.includes(mark)) return { text, unmark: (same) => same };
  if (format === "json") {
    return {
      text: text.replace(unquoted, (literal) =>
        literal.startsWith("$") || (!literal.startsWith('"') && !isCanonical(literal)) ? `"${mark}${literal}"` : literal,
      ),
      unmark: (marked) => marked.replace(new RegExp(`"${mark}([^"]*)"`, "g"), "$1"),
    };
  }
  return {
    text: text.replace(plainNumber, (literal) => (isCanonical(literal) ? literal : `${mark}${literal}`)),
    unmark: (marked) => marked.replaceAll(mark, ""),
  };
}

function isCanonical(literal: string): boolean {
  return String(Number(literal)) === literal;
}
