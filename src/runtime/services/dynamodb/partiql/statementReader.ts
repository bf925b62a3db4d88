import { AwsError } from "../../../kernel/awsError.ts";
import { setMember } from "../attributeValue.ts";
import type { AttributeValue } from "../attributeValue.ts";
import { invalid } from "../errors.ts";
import type { PathSyntax } from "../expressions/syntax.ts";
import { canonicalNumber } from "../numbers.ts";
import { notWellFormed } from "./errors.ts";
import type { ValueSyntax } from "./syntax.ts";
import type { Token } from "./tokens.ts";
import { positionOf, tokensOf } from "./tokens.ts";

/** Words that are names only between double quotes. */
const keywords = new Set(
  "ALL AND AS ASC BETWEEN BY CASE CROSS DELETE DESC DISTINCT ELSE END EXCEPT EXISTS FALSE FROM FULL GROUP HAVING IN INNER INSERT INTERSECT INTO IS JOIN LEFT LIKE LIMIT MISSING NOT NULL ON OR ORDER OUTER REMOVE RETURNING RIGHT SELECT SET THEN TRUE UNION UPDATE VALUE VALUES WHEN WHERE".split(
    " ",
  ),
);
const maxDepth = 64;

/** A statement as a row of tokens, read from left to right; collects the values that it finds. */
export class StatementReader {
  readonly values: ValueSyntax[] = [];
  parameterCount = 0;
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #position = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokensOf(text);
  }

  get token(): Token {
    return this.at(0);
  }

  at(ahead: number): Token {
    const token = this.#tokens[Math.min(this.#position + ahead, this.#tokens.length - 1)];
    if (!token) throw new Error("A statement reader always has its end token");
    return token;
  }

  skip(): Token {
    const { token } = this;
    this.#position++;
    return token;
  }

  isSign(sign: string, ahead = 0): boolean {
    const token = this.at(ahead);
    return token.type === "sign" && token.text === sign;
  }

  isKeyword(keyword: string, ahead = 0): boolean {
    const token = this.at(ahead);
    return token.type === "word" && token.text.toUpperCase() === keyword;
  }

  takeSign(sign: string): boolean {
    if (!this.isSign(sign)) return false;
    this.#position++;
    return true;
  }

  takeKeyword(keyword: string): boolean {
    if (!this.isKeyword(keyword)) return false;
    this.#position++;
    return true;
  }

  expectSign(sign: string): void {
    if (!this.takeSign(sign)) throw this.unexpected();
  }

  /** AWS says no more than this of most that does not belong where it stands. */
  unexpected(): AwsError {
    return this.token.type === "end" ? notWellFormed("Unexpected term") : notWellFormed("Unexpected token after expression");
  }

  position(token: Token): string {
    return positionOf(this.#text, token);
  }

  /** Reads what is nested one level deeper. */
  nested<Result>(read: () => Result): Result {
    if (++this.#depth > maxDepth) throw notWellFormed(`Nested deeper than ${maxDepth} levels`);
    const result = read();
    this.#depth--;
    return result;
  }

  isName(): boolean {
    const { token } = this;
    return token.type === "quoted" || (token.type === "word" && !keywords.has(token.text.toUpperCase()));
  }

  name(): string {
    if (!this.isName()) throw notWellFormed("Unexpected term");
    return this.skip().text;
  }

  path(): PathSyntax {
    const path: (string | number)[] = [this.name()];
    for (;;) {
      if (this.takeSign(".")) {
        if (!this.isName()) throw notWellFormed("Invalid path dot component");
        path.push(this.skip().text);
      } else if (this.takeSign("[")) {
        const step = this.skip();
        if (step.type === "number" && /^[0-9]+$/.test(step.text)) path.push(Number(step.text));
        else if (step.type === "string") path.push(step.text);
        else throw notWellFormed("Invalid path component");
        this.expectSign("]");
      } else return path;
    }
  }

  isValue(): boolean {
    const { token } = this;
    if (token.type === "string" || token.type === "number") return true;
    if (token.type === "word") return ["TRUE", "FALSE", "NULL"].includes(token.text.toUpperCase());
    if (token.text === "-" || token.text === "+") return this.at(1).type === "number";
    return token.type === "sign" && ["?", "[", "{", "<<"].includes(token.text);
  }

  /** Reads a value and says its number among the statement's. */
  value(): string {
    this.values.push(this.literal("root"));
    return String(this.values.length - 1);
  }

  /** `place`: where it stands within an attribute's value, for AWS's message of a number out of range. */
  literal(place: string): ValueSyntax {
    return this.nested(() => this.#literal(place));
  }

  #literal(place: string): ValueSyntax {
    const start = this.token;
    if (this.takeSign("?")) return { type: "parameter", number: this.parameterCount++ };
    if (this.takeSign("[")) return { type: "list", elements: this.#elements("]", place) };
    if (this.takeSign("<<")) {
      const elements = this.#elements(">>", place);
      if (elements.length === 0) throw invalid("Empty bags are not supported");
      return { type: "bag", elements };
    }
    if (this.takeSign("{")) return { type: "tuple", members: this.#members(place) };
    if (start.type === "string") return constant({ S: this.skip().text });
    const isNegative = this.takeSign("-");
    if (!isNegative) this.takeSign("+");
    if (this.token.type === "number") return constant({ N: numberAt(`${isNegative ? "-" : ""}${this.skip().text}`, place) });
    if (this.takeKeyword("TRUE")) return constant({ BOOL: true });
    if (this.takeKeyword("FALSE")) return constant({ BOOL: false });
    if (this.takeKeyword("NULL")) return constant({ NULL: true });
    if (start.type === "word" && this.isSign("(", 1))
      throw invalid(`Unsupported data type: ${start.text.toLowerCase()} under key ${place} at ${this.position(start)}`);
    throw notWellFormed("Unexpected term");
  }

  #elements(end: string, place: string): ValueSyntax[] {
    const elements: ValueSyntax[] = [];
    if (this.takeSign(end)) return elements;
    do elements.push(this.literal(`${place}[${elements.length}]`));
    while (this.takeSign(","));
    this.expectSign(end);
    return elements;
  }

  #members(place: string): [string, ValueSyntax][] {
    const members: [string, ValueSyntax][] = [];
    if (this.takeSign("}")) return members;
    do {
      const name = this.skip();
      if (name.type !== "string") throw notWellFormed("Unexpected term");
      this.expectSign(":");
      members.push([name.text, this.literal(`${place}.${name.text}`)]);
    } while (this.takeSign(","));
    this.expectSign("}");
    return members;
  }

  /** The item of an INSERT: each attribute's value is a root of its own. */
  item(): ValueSyntax {
    if (!this.takeSign("{")) return this.literal("root");
    const members: [string, ValueSyntax][] = [];
    if (this.takeSign("}")) return { type: "tuple", members };
    do {
      const name = this.skip();
      if (name.type !== "string") throw notWellFormed("Unexpected term");
      this.expectSign(":");
      members.push([name.text, this.literal("root")]);
    } while (this.takeSign(","));
    this.expectSign("}");
    return { type: "tuple", members };
  }
}

function constant(value: AttributeValue): ValueSyntax {
  return { type: "constant", value };
}

function numberAt(text: string, place: string): string {
  try {
    return canonicalNumber(text);
  } catch (error) {
    if (error instanceof AwsError) throw invalid(`${error.message} under ${place}`);
    throw error;
  }
}

/** A statement's values as values of attributes; `parameters` stand for its question marks. Not checked yet. */
export function wireValue(syntax: ValueSyntax, parameters: readonly AttributeValue[]): unknown {
  switch (syntax.type) {
    case "constant":
      return syntax.value;
    case "parameter":
      return parameters[syntax.number];
    case "list":
      return { L: syntax.elements.map((element) => wireValue(element, parameters)) };
    case "bag":
      return setOf(syntax.elements.map((element) => wireValue(element, parameters)));
    case "tuple": {
      const members: Record<string, unknown> = {};
      for (const [name, value] of syntax.members) setMember(members, name, wireValue(value, parameters));
      return { M: members };
    }
  }
}

/** A bag is a set of its elements' type. */
function setOf(elements: readonly unknown[]): unknown {
  for (const type of ["S", "N", "B"] as const) {
    const members = elements.flatMap((element) =>
      typeof element === "object" && element !== null && type in element ? [Reflect.get(element, type) as unknown] : [],
    );
    if (members.length === elements.length) return { [`${type}S`]: members };
  }
  throw invalid("Bags must hold strings, numbers or binaries of one type");
}
