// Reads calls of intrinsic functions: `States.Format('{} of {}', $.a, States.ArrayLength($.b))`.
import { numberOfText, type ExactNumber } from "./number.ts";
import { parsePathAt, PathSyntaxError, type JsonPath } from "./jsonPathParse.ts";

export interface IntrinsicCall {
  readonly type: "call";
  /** `States.Format` */
  readonly name: string;
  readonly arguments: readonly IntrinsicArgument[];
}

export type IntrinsicArgument =
  | IntrinsicCall
  | { readonly type: "path"; readonly path: JsonPath }
  | { readonly type: "literal"; readonly value: number | ExactNumber | boolean | null }
  /** As written between the quotes, escapes included: States.Format tells `\{` from `{`. */
  | { readonly type: "text"; readonly raw: string };

/** Parses a whole call; throws a PathSyntaxError. */
export function parseIntrinsic(text: string): IntrinsicCall {
  const reader = new IntrinsicReader(text);
  const call = reader.call();
  reader.space();
  if (reader.position < text.length) throw reader.wrong("nothing may follow the call");
  return call;
}

/** The text that `\'`, `\\`, `\{` and `\}` stand for. */
export function unescapeText(raw: string): string {
  return raw.replace(/\\(.)/gs, "$1");
}

class IntrinsicReader {
  readonly text: string;
  position = 0;

  constructor(text: string) {
    this.text = text;
  }

  call(): IntrinsicCall {
    this.space();
    const name = this.match(/States\.[A-Za-z0-9]+/y);
    if (name === undefined) throw this.wrong("a function of States is missing");
    this.space();
    this.expect("(");
    const list: IntrinsicArgument[] = [];
    this.space();
    while (this.text[this.position] !== ")") {
      if (list.length > 0) this.expect(",");
      list.push(this.argument());
      this.space();
    }
    this.position += 1;
    return { type: "call", name, arguments: list };
  }

  private argument(): IntrinsicArgument {
    this.space();
    const first = this.text[this.position];
    if (first === "'") return this.quoted();
    if (first === "$") {
      const { path, end } = parsePathAt(this.text, this.position);
      this.position = end;
      return { type: "path", path };
    }
    const word = this.match(/(?:true|false|null)(?=[\s,)])/y);
    if (word !== undefined) return { type: "literal", value: word === "null" ? null : word === "true" };
    const number = this.match(/-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?=[\s,)])/y);
    return number === undefined ? this.call() : { type: "literal", value: numberOfText(number) };
  }

  private quoted(): IntrinsicArgument {
    const quoted = this.match(/'(?:[^'\\]|\\.)*'/sy);
    if (quoted === undefined) throw this.wrong("a quote is not closed");
    return { type: "text", raw: quoted.slice(1, -1) };
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.position += found.length;
    return found;
  }

  space(): void {
    while (/\s/.test(this.text[this.position] ?? "")) this.position += 1;
  }

  private expect(character: string): void {
    this.space();
    if (this.text[this.position] !== character) throw this.wrong(`expected ${character}`);
    this.position += 1;
  }

  wrong(what: string): PathSyntaxError {
    return new PathSyntaxError(`Invalid intrinsic function '${this.text}': ${what} at position ${this.position}.`);
  }
}
