// Reads a JSONPath as Jayway's library does, which AWS uses: properties, indexes, slices, wildcards, descent, filters, functions.

import { StateFailure } from "./failure.ts";

export interface JsonPath {
  readonly text: string;
  readonly root: PathRoot;
  readonly steps: readonly PathStep[];
}

/** What `$`, `$$`, `$name` or `@` begins from. */
export type PathRoot = { readonly type: "input" | "context" | "current" } | { readonly type: "variable"; readonly name: string };

export type PathStep =
  | { readonly type: "properties"; readonly names: readonly string[] }
  | { readonly type: "indexes"; readonly indexes: readonly number[] }
  | { readonly type: "slice"; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly type: "wildcard" }
  | { readonly type: "descent" }
  | { readonly type: "filter"; readonly filter: FilterExpression }
  | { readonly type: "function"; readonly name: PathFunction };

export const pathFunctions = ["length", "size", "min", "max", "avg", "sum", "stddev", "keys", "first", "last"] as const;
export type PathFunction = (typeof pathFunctions)[number];

export type FilterExpression =
  | { readonly type: "and" | "or"; readonly parts: readonly FilterExpression[] }
  | { readonly type: "not"; readonly part: FilterExpression }
  | { readonly type: "exists"; readonly path: JsonPath }
  | { readonly type: "compare"; readonly left: FilterOperand; readonly operator: FilterOperator; readonly right: FilterOperand };

export type FilterOperand =
  | { readonly type: "path"; readonly path: JsonPath }
  | { readonly type: "literal"; readonly json: string }
  | { readonly type: "pattern"; readonly source: string; readonly flags: string };

const filterOperators = ["===", "!==", "==", "!=", "<=", ">=", "=~", "<", ">"] as const;
const filterWords = ["in", "nin", "subsetof", "anyof", "noneof", "size", "empty", "contains"] as const;
export type FilterOperator = (typeof filterOperators)[number] | (typeof filterWords)[number];

/** The text is not a JSONPath: definitions with such paths are refused, so states fail with it only where nothing checked. */
export class PathSyntaxError extends StateFailure {
  constructor(text: string) {
    super("States.Runtime", text);
  }
}

/** Parses a whole path; `text` begins with `$`. Throws a PathSyntaxError. */
export function parsePath(text: string): JsonPath {
  const reader = new PathReader(text, 0);
  const path = reader.path();
  if (reader.position < text.length) throw new PathSyntaxError(`Invalid path '${text}' at position ${reader.position}.`);
  return path;
}

/** A path at the beginning of `text` from `position` on, as arguments of intrinsic functions hold it, and where it ends. */
export function parsePathAt(text: string, position: number): { readonly path: JsonPath; readonly end: number } {
  const reader = new PathReader(text, position);
  return { path: reader.path(), end: reader.position };
}

/** Whether a path leads to one place at most, or to what a function makes of all: its value is one, not a list. */
export function isDefinite(path: JsonPath): boolean {
  if (path.steps.at(-1)?.type === "function") return true;
  return path.steps.every((step, index) => isDefiniteStep(step, index === path.steps.length - 1));
}

/** Several names at the end make one object of them. */
function isDefiniteStep(step: PathStep, isLast: boolean): boolean {
  if (step.type === "properties") return step.names.length === 1 || isLast;
  return (step.type === "indexes" && step.indexes.length === 1) || step.type === "function";
}

/** A path of names and single indexes only: what results may be written to. */
export function isReferencePath(path: JsonPath): boolean {
  return path.steps.every(
    (step) => (step.type === "properties" && step.names.length === 1) || (step.type === "indexes" && step.indexes.length === 1),
  );
}

/** The path in the form in which error texts name it: `$['a'][0]`. */
export function normalPath(steps: readonly PathStep[]): string {
  return `$${steps.map(normalStep).join("")}`;
}

export function normalStep(step: PathStep): string {
  switch (step.type) {
    case "properties":
      return `[${step.names.map((name) => `'${name}'`).join(",")}]`;
    case "indexes":
      return `[${step.indexes.join(",")}]`;
    case "slice":
      return `[${step.from ?? ""}:${step.to ?? ""}]`;
    case "wildcard":
      return "[*]";
    case "descent":
      return "..";
    case "filter":
      return "[?]";
    case "function":
      return `.${step.name}()`;
  }
}

/** Characters that end a name after a dot. */
const nameEnd = /[\s.[\](),=<>!&|~']/;

class PathReader {
  readonly text: string;
  position: number;

  constructor(text: string, position: number) {
    this.text = text;
    this.position = position;
  }

  path(): JsonPath {
    const start = this.position;
    const root = this.root();
    const steps: PathStep[] = [];
    for (;;) {
      const character = this.text[this.position];
      if (character === "[") steps.push(this.bracket());
      else if (character === ".") this.dotted(steps);
      else break;
    }
    return { text: this.text.slice(start, this.position), root, steps };
  }

  private root(): PathRoot {
    const first = this.text[this.position];
    if (first === "@") {
      this.position += 1;
      return { type: "current" };
    }
    if (first !== "$") throw this.wrong("a path begins with $");
    this.position += 1;
    if (this.text[this.position] === "$") {
      this.position += 1;
      return { type: "context" };
    }
    const name = this.match(/[\p{ID_Start}_][\p{ID_Continue}]*/uy);
    return name === undefined ? { type: "input" } : { type: "variable", name };
  }

  private dotted(steps: PathStep[]): void {
    this.position += 1;
    if (this.text[this.position] === ".") {
      this.position += 1;
      steps.push({ type: "descent" });
      if (this.text[this.position] === "[") return;
    }
    if (this.text[this.position] === "*") {
      this.position += 1;
      steps.push({ type: "wildcard" });
      return;
    }
    const start = this.position;
    while (this.position < this.text.length && !nameEnd.test(this.text[this.position] ?? "")) this.position += 1;
    const name = this.text.slice(start, this.position);
    if (name === "") throw this.wrong("a name is missing after the dot");
    const called = pathFunctions.find((known) => known === name);
    if (called !== undefined && this.text.startsWith("()", this.position)) {
      this.position += 2;
      steps.push({ type: "function", name: called });
    } else steps.push({ type: "properties", names: [name] });
  }

  private bracket(): PathStep {
    this.position += 1;
    this.space();
    const first = this.text[this.position];
    if (first === "?") return this.filter();
    if (first === "*") {
      this.position += 1;
      return this.closed({ type: "wildcard" });
    }
    if (first === "'" || first === '"') return this.closed({ type: "properties", names: this.list(() => this.quoted()) });
    const slice = this.match(/-?\d*\s*:\s*(?:-?\d+)?/y);
    if (slice !== undefined) {
      const [from = "", to = ""] = slice.split(":").map((part) => part.trim());
      return this.closed({ type: "slice", from: from === "" ? undefined : Number(from), to: to === "" ? undefined : Number(to) });
    }
    return this.closed({ type: "indexes", indexes: this.list(() => this.index()) });
  }

  private filter(): PathStep {
    this.position += 1;
    this.space();
    this.expect("(");
    const filter = this.or();
    this.space();
    this.expect(")");
    return this.closed({ type: "filter", filter });
  }

  private or(): FilterExpression {
    const parts = this.joined("||", () => this.and());
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { type: "or", parts };
  }

  private and(): FilterExpression {
    const parts = this.joined("&&", () => this.condition());
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { type: "and", parts };
  }

  private joined(operator: string, read: () => FilterExpression): FilterExpression[] {
    const parts = [read()];
    for (this.space(); this.text.startsWith(operator, this.position); this.space()) {
      this.position += operator.length;
      parts.push(read());
    }
    return parts;
  }

  private condition(): FilterExpression {
    this.space();
    if (this.text[this.position] === "!") {
      this.position += 1;
      return { type: "not", part: this.condition() };
    }
    if (this.text[this.position] === "(") {
      this.position += 1;
      const inner = this.or();
      this.space();
      this.expect(")");
      return inner;
    }
    const left = this.operand();
    this.space();
    const operator = this.operator();
    if (operator !== undefined) return { type: "compare", left, operator, right: this.operand() };
    if (left.type !== "path") throw this.wrong("a comparison is missing in the filter");
    return { type: "exists", path: left.path };
  }

  private operator(): FilterOperator | undefined {
    const sign = filterOperators.find((known) => this.text.startsWith(known, this.position));
    if (sign !== undefined) {
      this.position += sign.length;
      return sign;
    }
    const word = this.match(/[a-z]+(?=[\s[('"@$])/iy)?.toLowerCase();
    return filterWords.find((known) => known === word);
  }

  private operand(): FilterOperand {
    this.space();
    const first = this.text[this.position] ?? "";
    if (first === "@" || first === "$") return { type: "path", path: this.path() };
    if (first === "'" || first === '"') return { type: "literal", json: JSON.stringify(this.quoted()) };
    if (first === "/") return this.pattern();
    const literal = first === "[" || first === "{" ? this.structure() : this.match(/-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null/y);
    if (literal === undefined) throw this.wrong("a value is missing in the filter");
    return { type: "literal", json: literal };
  }

  private pattern(): FilterOperand {
    const pattern = this.match(/\/(?:[^/\\]|\\.)*\/[a-z]*/y);
    if (pattern === undefined) throw this.wrong("the regular expression has no end");
    const end = pattern.lastIndexOf("/");
    const [source, flags] = [pattern.slice(1, end), pattern.slice(end + 1).replace(/[^ims]/g, "")];
    try {
      void new RegExp(source, flags);
    } catch {
      throw this.wrong("the regular expression is not one");
    }
    return { type: "pattern", source, flags };
  }

  /** A JSON array or object, whose strings may be in single quotes. */
  private structure(): string {
    let json = "";
    for (let depth = 0; this.position < this.text.length;) {
      const character = this.text[this.position] ?? "";
      if (character === "'" || character === '"') {
        json += JSON.stringify(this.quoted());
        continue;
      }
      if (character === "[" || character === "{") depth += 1;
      if (character === "]" || character === "}") depth -= 1;
      json += character;
      this.position += 1;
      if (depth === 0) return json;
    }
    throw this.wrong("a bracket is not closed");
  }

  private quoted(): string {
    const quote = this.text[this.position] ?? "";
    let name = "";
    for (this.position += 1; this.position < this.text.length; this.position += 1) {
      const character = this.text[this.position];
      if (character === quote) {
        this.position += 1;
        return name;
      }
      if (character === "\\") this.position += 1;
      name += this.text[this.position] ?? "";
    }
    throw this.wrong("a quote is not closed");
  }

  private index(): number {
    const digits = this.match(/-?\d+/y);
    if (digits === undefined) throw this.wrong("an index is missing");
    return Number(digits);
  }

  private list<Item>(read: () => Item): Item[] {
    const items = [read()];
    for (this.space(); this.text[this.position] === ","; this.space()) {
      this.position += 1;
      this.space();
      items.push(read());
    }
    return items;
  }

  private closed(step: PathStep): PathStep {
    this.space();
    this.expect("]");
    return step;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.position += found.length;
    return found;
  }

  private space(): void {
    while (/\s/.test(this.text[this.position] ?? "")) this.position += 1;
  }

  private expect(character: string): void {
    if (this.text[this.position] !== character) throw this.wrong(`expected ${character}`);
    this.position += 1;
  }

  private wrong(what: string): PathSyntaxError {
    return new PathSyntaxError(`Invalid path '${this.text}': ${what} at position ${this.position}.`);
  }
}
