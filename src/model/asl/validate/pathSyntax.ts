// The syntax of JSONPath, of reference paths and of calls of intrinsic functions, as far as a definition is refused for it.

const name = String.raw`(?:[\p{L}_$][\p{L}\p{N}_$-]*|[\p{N}_-][\p{L}\p{N}_$-]*)`;
const variable = String.raw`\$(?:\$|[\p{L}_][\p{L}\p{N}_]*)?`;
const start = new RegExp(`^${variable}`, "u");
const member = new RegExp(`${name}|\\*`, "uy");

export function isJsonPath(text: string): boolean {
  const begin = start.exec(text);
  if (!begin) return false;
  let offset = begin[0].length;
  while (offset < text.length) {
    const end = text[offset] === "." ? afterDot(text, offset) : text[offset] === "[" ? afterBracket(text, offset) : undefined;
    if (end === undefined) return false;
    offset = end;
  }
  return true;
}

function afterDot(text: string, offset: number): number | undefined {
  let at = offset + 1;
  if (text[at] === ".") {
    at += 1;
    if (text[at] === "[") return at;
  }
  member.lastIndex = at;
  const match = member.exec(text);
  if (!match) return undefined;
  const end = at + match[0].length;
  // `$.items.length()` and other functions of the path library.
  return text.startsWith("()", end) ? end + 2 : end;
}

/** Behind the bracket that closes the one at the offset; strings and brackets inside are skipped. */
function afterBracket(text: string, offset: number): number | undefined {
  let depth = 0;
  for (let at = offset; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (character === "'" || character === '"') {
      at = afterString(text, at, character);
      if (at < 0) return undefined;
    } else if (character === "[" || character === "(") depth += 1;
    else if (character === "]" || character === ")") {
      depth -= 1;
      if (depth === 0) return isSelector(text.slice(offset + 1, at)) ? at + 1 : undefined;
    }
  }
  return undefined;
}

/** At the quote that closes the string, or -1. */
function afterString(text: string, offset: number, quote: string): number {
  for (let at = offset + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === quote) return at;
  }
  return -1;
}

const selectors = [
  /^\s*\*\s*$/,
  /^\s*-?\d+\s*(?:,\s*-?\d+\s*)*$/,
  /^\s*(?:-?\d+)?\s*:\s*(?:-?\d+)?\s*(?::\s*(?:-?\d+)?\s*)?$/,
  /^\s*(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*(?:,\s*(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*)*$/,
  /^\s*\?\s*\(.+\)\s*$/s,
  /^\s*\(.+\)\s*$/s,
];

function isSelector(text: string): boolean {
  return selectors.some((selector) => selector.test(text));
}

const referenceStep = new RegExp(String.raw`\.${name}|\[\s*(?:-?\d+|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*\]`, "uy");

/** What AWS's parser of reference paths finds wrong; undefined: nothing. */
export function referencePathFault(text: string): string | undefined {
  const begin = start.exec(text);
  if (!begin) return "Reference path didn't start with '$'";
  let offset = begin[0].length;
  while (offset < text.length) {
    referenceStep.lastIndex = offset;
    const match = referenceStep.exec(text);
    if (!match) return text[offset] === "[" ? "'[' must be followed by ' or '['" : `Unexpected character '${text[offset] ?? ""}'`;
    offset += match[0].length;
  }
  return undefined;
}

const functions = new Map<string, readonly [least: number, most: number]>([
  ["Format", [1, Infinity]],
  ["StringToJson", [1, 1]],
  ["JsonToString", [1, 1]],
  ["Array", [0, Infinity]],
  ["ArrayPartition", [2, 2]],
  ["ArrayContains", [2, 2]],
  ["ArrayRange", [3, 3]],
  ["ArrayGetItem", [2, 2]],
  ["ArrayLength", [1, 1]],
  ["ArrayUnique", [1, 1]],
  ["Base64Encode", [1, 1]],
  ["Base64Decode", [1, 1]],
  ["Hash", [2, 2]],
  ["JsonMerge", [3, 3]],
  ["MathRandom", [2, 3]],
  ["MathAdd", [2, 2]],
  ["StringSplit", [2, 2]],
  ["UUID", [0, 0]],
]);

/** Calls nest at most this deep. */
const maxNesting = 10;

/** `States.Format('{} of {}', $.a, States.UUID())` */
export function isIntrinsicCall(text: string): boolean {
  return afterCall(text, 0, 1) === text.length;
}

function afterCall(text: string, offset: number, nesting: number): number | undefined {
  const head = /States\.([A-Za-z0-9]+)\(/y;
  head.lastIndex = offset;
  const match = head.exec(text);
  const arity = match && functions.get(match[1] ?? "");
  if (!match || !arity || nesting > maxNesting) return undefined;
  let at = afterSpace(text, offset + match[0].length);
  let count = 0;
  while (text[at] !== ")") {
    if (count > 0) {
      if (text[at] !== ",") return undefined;
      at = afterSpace(text, at + 1);
    }
    const end = afterArgument(text, at, nesting);
    if (end === undefined) return undefined;
    count += 1;
    at = afterSpace(text, end);
  }
  const [least, most] = arity;
  return count >= least && count <= most ? at + 1 : undefined;
}

function afterArgument(text: string, offset: number, nesting: number): number | undefined {
  const character = text[offset];
  if (character === "'") return afterLiteral(text, offset);
  if (character === "$") return afterPath(text, offset);
  if (text.startsWith("States.", offset)) return afterCall(text, offset, nesting + 1);
  const literal = /(?:null|true|false|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=[\s,)])/y;
  literal.lastIndex = offset;
  return literal.exec(text) ? literal.lastIndex : undefined;
}

/** Only `\'`, `\\`, `\{`, `\}` can be escaped. */
function afterLiteral(text: string, offset: number): number | undefined {
  for (let at = offset + 1; at < text.length; at += 1) {
    if (text[at] === "'") return at + 1;
    if (text[at] !== "\\") continue;
    at += 1;
    if (!"'\\{}".includes(text[at] ?? " ")) return undefined;
  }
  return undefined;
}

/** A path reaches to the comma or bracket that belongs to the call. */
function afterPath(text: string, offset: number): number | undefined {
  let at = offset;
  while (at < text.length && text[at] !== "," && text[at] !== ")") {
    if (text[at] !== "[") {
      const hasCall = text.startsWith("()", at);
      at += hasCall ? 2 : 1;
      continue;
    }
    const end = afterBracket(text, at);
    if (end === undefined) return undefined;
    at = end;
  }
  return isJsonPath(text.slice(offset, at).trimEnd()) ? at : undefined;
}

function afterSpace(text: string, offset: number): number {
  let at = offset;
  while (text[at] === " " || text[at] === "\t" || text[at] === "\n" || text[at] === "\r") at += 1;
  return at;
}
