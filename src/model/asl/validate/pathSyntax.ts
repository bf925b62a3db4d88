// What a definition is refused for in paths and in calls of intrinsic functions. Their grammars are those that the interpreter reads.
import { parseIntrinsic, type IntrinsicCall } from "../intrinsicParse.ts";
import { parsePath, PathSyntaxError } from "../jsonPathParse.ts";

export function isJsonPath(text: string): boolean {
  return text.startsWith("$") && isReadable(text, () => parsePath(text));
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
  return text.startsWith("States.") && isReadable(text, () => checkCall(parseIntrinsic(text), 1));
}

const maxBrackets = 500;

/** More brackets inside each other than anything has: the parsers call themselves for each. */
function isDeep(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === "(" || character === "[" || character === "!") depth += 1;
    if (character === ")" || character === "]") depth -= 1;
    if (depth > maxBrackets) return true;
  }
  return false;
}

function isReadable(text: string, read: () => unknown): boolean {
  if (isDeep(text)) return false;
  try {
    return read() !== false;
  } catch (error) {
    if (error instanceof PathSyntaxError) return false;
    throw error;
  }
}

function checkCall(call: IntrinsicCall, nesting: number): boolean {
  const arity = functions.get(call.name.replace("States.", ""));
  if (!arity || nesting > maxNesting) return false;
  const [least, most] = arity;
  if (call.arguments.length < least || call.arguments.length > most) return false;
  return call.arguments.every((argument) => {
    if (argument.type === "call") return checkCall(argument, nesting + 1);
    return argument.type !== "text" || !wrongEscape.test(argument.raw);
  });
}

/** Only `\'`, `\\`, `\{` and `\}` exist; what a backslash escapes is taken with it. */
const wrongEscape = /^(?:[^\\]|\\['\\{}])*\\(?!['\\{}])/s;

const name = String.raw`(?:[\p{L}\p{N}_$-]+)`;
const start = /^\$(?:\$|[\p{ID_Start}_][\p{ID_Continue}]*)?/u;
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
