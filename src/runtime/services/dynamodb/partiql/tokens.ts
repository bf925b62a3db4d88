import { notWellFormed } from "./errors.ts";

export interface Token {
  /** `quoted`: an identifier between double quotes. */
  readonly type: "word" | "quoted" | "string" | "number" | "sign" | "end";
  /** Without quotes. */
  readonly text: string;
  readonly start: number;
  readonly length: number;
}

const pattern =
  /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|([A-Za-z_$][A-Za-z0-9_$]*)|"((?:[^"]|"")*)"|'((?:[^']|'')*)'|((?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|(<<|>>|<>|!=|<=|>=|[=<>()[\]{},.:;?*+-])/y;

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < text.length) {
    const start = pattern.lastIndex;
    const match = pattern.exec(text);
    if (!match) throw notWellFormed("");
    const [all, word, quoted, string, number, sign] = match;
    const add = (type: Token["type"], content: string): void => {
      tokens.push({ type, text: content, start, length: all.length });
    };
    if (word !== undefined) add("word", word);
    else if (quoted !== undefined) add("quoted", quoted.replaceAll('""', '"'));
    else if (string !== undefined) add("string", string.replaceAll("''", "'"));
    else if (number !== undefined) add("number", readable(number));
    else if (sign !== undefined) add("sign", sign);
  }
  tokens.push({ type: "end", text: "", start: text.length, length: 0 });
  return tokens;
}

/** AWS's reader of numbers keeps exponent and scale in 32 bits each. */
function readable(number: string): string {
  const [digits = "", exponent = "0"] = number.toLowerCase().split("e");
  const scale = (digits.split(".")[1] ?? "").length - Number(exponent);
  if (Math.abs(Number(exponent)) > 2_147_483_647 || Math.abs(scale) > 2_147_483_647) throw notWellFormed("");
  return number;
}

/** `line:column:length`, counted from 1. */
export function positionOf(text: string, token: Token): string {
  const before = text.slice(0, token.start).split("\n");
  return `${before.length}:${(before.at(-1) ?? "").length + 1}:${token.length}`;
}
