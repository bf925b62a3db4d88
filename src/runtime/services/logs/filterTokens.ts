import { invalidParameter } from "./errors.ts";

export interface Token {
  readonly kind: "operator" | "selector" | "text" | "expression" | "word";
  /** Without quotes or percent signs. */
  readonly text: string;
}

const forms: readonly (readonly [Token["kind"] | "space", RegExp])[] = [
  ["space", /\s+/y],
  ["operator", /&&|\|\||!=|<=|>=|[=<>()]/y],
  ["selector", /\$(?:\.[\w@:/#-]+|\[(?:"[^"]*"|'[^']*'|\d+)\])+/y],
  ["text", /"((?:[^"\\]|\\.)*)"/y],
  ["expression", /%([^%]*)%/y],
  ["word", /[^\s()=<>!&|]+/y],
];

/** The parts of a JSON filter pattern. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const found = formAt(text, at);
    if (found === undefined) throw invalidParameter(`Invalid filter pattern: nothing begins with "${text.slice(at, at + 10)}".`);
    const [kind, whole, inner] = found;
    if (kind !== "space") tokens.push({ kind, text: inner });
    at += whole.length;
  }
  return tokens;
}

function formAt(text: string, at: number): readonly [Token["kind"] | "space", string, string] | undefined {
  for (const [kind, form] of forms) {
    form.lastIndex = at;
    const match = form.exec(text);
    if (match !== null) return [kind, match[0], match[1] === undefined ? match[0] : match[1].replaceAll(/\\(.)/g, "$1")];
  }
  return undefined;
}
