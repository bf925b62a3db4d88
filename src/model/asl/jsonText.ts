// JSON text as AWS reads it: what is wrong with it in the words of its parser (Jackson), and where the value of a
// location stands. Field names that stand twice in one object are an error there, so they are one here.
import type { Json } from "../json.ts";
import type { TextPosition, TextRange } from "../problem.ts";

export type JsonText =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly message: string; readonly source: string; readonly offset: number };

const maxDepth = 1000;
const sourceShown = 500;

export function readJsonText(text: string): JsonText {
  const scanner = new Scanner(text);
  try {
    scanner.space();
    scanner.value(0);
    scanner.space();
    if (scanner.offset < text.length) scanner.unexpected("Expected end of text");
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    const source = sourceAt(text, error.offset);
    return { ok: false, message: `${error.message}\n at ${source}`, source, offset: error.offset };
  }
  const value: unknown = JSON.parse(text);
  return { ok: true, value: value as Json };
}

/** `[Source: (String)"…"; line: 1, column: 4]`: the place as AWS prints it, behind what was read. */
function sourceAt(text: string, offset: number): string {
  const { line, column } = positionAt(text, offset);
  const shown = text.length > sourceShown ? `${text.slice(0, sourceShown)}"[truncated ${text.length - sourceShown} chars]` : `${text}"`;
  return `[Source: (String)"${shown}; line: ${line}, column: ${column}]`;
}

function positionAt(text: string, offset: number): TextPosition {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf("\n"); end >= 0 && end < offset; end = text.indexOf("\n", end + 1)) {
    line += 1;
    start = end + 1;
  }
  return { line, column: offset - start + 1, offset };
}

/** Where the value at a path stands; of the nearest value around it when there is none, so that a missing field is shown at its object. */
export function rangeOf(text: string, path: readonly (string | number)[]): TextRange | undefined {
  const scanner = new Scanner(text);
  try {
    scanner.space();
    for (const step of path) if (!scanner.enter(step)) break;
    const start = scanner.offset;
    scanner.value(0);
    return { start: positionAt(text, start), end: positionAt(text, scanner.offset) };
  } catch (error) {
    if (error instanceof JsonFault) return undefined;
    throw error;
  }
}

/** Where the member or item at a path stands, with its name; undefined: there is none. */
export function memberRangeOf(text: string, path: readonly (string | number)[]): TextRange | undefined {
  const scanner = new Scanner(text);
  try {
    scanner.space();
    scanner.begin = scanner.offset;
    for (const step of path) if (!scanner.enter(step)) return undefined;
    const { begin } = scanner;
    scanner.value(0);
    return { start: positionAt(text, begin), end: positionAt(text, scanner.offset) };
  } catch (error) {
    if (error instanceof JsonFault) return undefined;
    throw error;
  }
}

/** The deepest path whose member or item holds an offset; undefined: the text is no JSON up to there. */
export function pathAt(text: string, offset: number): readonly (string | number)[] | undefined {
  const scanner = new Scanner(text);
  const path: (string | number)[] = [];
  try {
    scanner.space();
    for (let step = scanner.stepTo(offset); step !== undefined; step = scanner.stepTo(offset)) path.push(step);
    return path;
  } catch (error) {
    if (error instanceof JsonFault) return undefined;
    throw error;
  }
}

class JsonFault extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const escapes = new Set(['"', "\\", "/", "b", "f", "n", "r", "t"]);

/** Walks the text once; holds the place that it has reached. */
class Scanner {
  offset = 0;
  /** Where the member or item that was entered last begins, at its name. */
  begin = 0;
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.offset);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.offset += 1;
    }
  }

  value(depth: number): void {
    if (depth > maxDepth) throw new JsonFault(`Document nesting depth (${depth}) exceeds the maximum allowed (${maxDepth})`, this.offset);
    const character = this.text[this.offset];
    if (character === "{") return this.object(depth);
    if (character === "[") return this.list(depth);
    if (character === '"') return void this.string("was expecting closing quote for a string value");
    if (character === "-" || (character !== undefined && character >= "0" && character <= "9")) return this.number();
    this.word();
  }

  /** Goes to a member of the value that begins here; false leaves it at the value. */
  enter(step: string | number): boolean {
    const start = this.offset;
    const isObject = this.text[start] === "{" && typeof step === "string";
    if (!isObject && !(this.text[start] === "[" && typeof step === "number")) return false;
    this.offset += 1;
    this.space();
    for (let index = 0; this.text[this.offset] !== "}" && this.text[this.offset] !== "]"; index += 1) {
      this.begin = this.offset;
      const name = isObject ? this.name() : index;
      if (name === step) return true;
      this.value(0);
      this.space();
      if (this.text[this.offset] === ",") this.offset += 1;
      this.space();
    }
    this.offset = start;
    return false;
  }

  /** Goes into the member or item of the value here that holds the offset. */
  stepTo(offset: number): string | number | undefined {
    const isObject = this.text[this.offset] === "{";
    if (!isObject && this.text[this.offset] !== "[") return undefined;
    this.offset += 1;
    this.space();
    for (let index = 0; this.text[this.offset] !== "}" && this.text[this.offset] !== "]"; index += 1) {
      const begin = this.offset;
      if (offset < begin) return undefined;
      const name = isObject ? this.name() : index;
      const value = this.offset;
      this.value(0);
      if (offset <= this.offset) {
        this.offset = value;
        return name;
      }
      this.space();
      if (this.text[this.offset] === ",") this.offset += 1;
      this.space();
    }
    return undefined;
  }

  unexpected(expected: string): never {
    const character = this.text[this.offset] ?? "";
    const code = character.charCodeAt(0);
    throw new JsonFault(`Unexpected character ('${character}' (code ${code})): ${expected}`, this.offset + 1);
  }

  private object(depth: number): void {
    const start = this.offset;
    this.offset += 1;
    this.space();
    if (this.text[this.offset] === "}") return void (this.offset += 1);
    const names = new Set<string>();
    for (;;) {
      if (this.offset >= this.text.length) this.ended("Object", start);
      if (this.text[this.offset] !== '"') this.unexpected("was expecting double-quote to start field name");
      const name = this.name();
      if (names.has(name)) throw new JsonFault(`Duplicate field '${name}'`, this.offset);
      names.add(name);
      this.value(depth + 1);
      this.space();
      if (this.offset >= this.text.length) this.ended("Object", start);
      const next = this.text[this.offset];
      if (next !== "," && next !== "}") this.unexpected("was expecting comma to separate Object entries");
      this.offset += 1;
      if (next === "}") return;
      this.space();
    }
  }

  private list(depth: number): void {
    const start = this.offset;
    this.offset += 1;
    this.space();
    if (this.text[this.offset] === "]") return void (this.offset += 1);
    for (;;) {
      if (this.offset >= this.text.length) this.ended("Array", start);
      this.value(depth + 1);
      this.space();
      if (this.offset >= this.text.length) this.ended("Array", start);
      const next = this.text[this.offset];
      if (next !== "," && next !== "]") this.unexpected("was expecting comma to separate Array entries");
      this.offset += 1;
      if (next === "]") return;
      this.space();
    }
  }

  private ended(kind: string, start: number): never {
    const marker = sourceAt(this.text, start);
    throw new JsonFault(`Unexpected end-of-input: expected close marker for ${kind} (start marker at ${marker})`, this.offset);
  }

  /** A field's name and the colon behind it; stands at the value then. */
  private name(): string {
    const name = this.string("in field name");
    this.space();
    if (this.offset >= this.text.length) throw new JsonFault("Unexpected end-of-input within/between Object entries", this.offset);
    if (this.text[this.offset] !== ":") this.unexpected("was expecting a colon to separate field name and value");
    this.offset += 1;
    this.space();
    return name;
  }

  private string(unended: string): string {
    const start = this.offset;
    let isPlain = true;
    for (let index = start + 1; ; index += 1) {
      const code = this.text.charCodeAt(index);
      if (Number.isNaN(code))
        throw new JsonFault(
          unended.startsWith("in ") ? `Unexpected end-of-input ${unended}` : `Unexpected end-of-input: ${unended}`,
          index,
        );
      if (code === 0x22) {
        this.offset = index + 1;
        return isPlain ? this.text.slice(start + 1, index) : String(JSON.parse(this.text.slice(start, index + 1)));
      }
      if (code < 0x20)
        throw new JsonFault(
          `Illegal unquoted character ((CTRL-CHAR, code ${code})): has to be escaped using backslash to be included in ${unended.startsWith("in ") ? "name" : "string value"}`,
          index + 1,
        );
      if (code !== 0x5c) continue;
      isPlain = false;
      index += 1;
      const escaped = this.text[index] ?? "";
      if (escaped === "u") {
        if (!/^[0-9a-fA-F]{4}$/.test(this.text.slice(index + 1, index + 5))) {
          const at = this.text.slice(index + 1, index + 5).search(/[^0-9a-fA-F]/);
          const wrong = this.text[index + 1 + Math.max(at, 0)] ?? "";
          throw new JsonFault(
            `Unexpected character ('${wrong}' (code ${wrong.charCodeAt(0)})): expected a hex-digit for character escape sequence`,
            index + 2 + at,
          );
        }
        index += 4;
      } else if (!escapes.has(escaped)) {
        throw new JsonFault(`Unrecognized character escape '${escaped}' (code ${escaped.charCodeAt(0)})`, index + 1);
      }
    }
  }

  private number(): void {
    const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
    number.lastIndex = this.offset;
    const match = number.exec(this.text);
    if (!match) this.unexpected("Expected digit (0-9) to follow minus sign, for valid numeric value");
    this.offset += match[0].length;
    const next = this.text[this.offset] ?? "";
    if (/^-?0$/.test(match[0]) && /\d/.test(next))
      throw new JsonFault("Invalid numeric value: Leading zeroes not allowed", this.offset + 1);
    if (next === ".") {
      this.offset += 1;
      this.unexpected("Decimal point not followed by a digit");
    }
    if (/[^\s,}\]]/.test(next)) this.unexpected("Expected space separating root-level values");
  }

  private word(): void {
    const match = /^[\p{L}\p{N}_$]+/u.exec(this.text.slice(this.offset, this.offset + 256));
    if (match && (match[0] === "true" || match[0] === "false" || match[0] === "null")) return void (this.offset += match[0].length);
    const expected = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
    if (match) throw new JsonFault(`Unrecognized token '${match[0]}': was expecting ${expected}`, this.offset + match[0].length);
    if (this.offset >= this.text.length) throw new JsonFault("No content to map due to end-of-input", this.offset);
    this.unexpected(`expected a valid value ${expected}`);
  }
}
