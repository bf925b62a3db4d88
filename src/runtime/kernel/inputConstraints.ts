// What AWS checks of an input before an operation sees it: lengths, ranges, patterns, words, and what must be there. It tells all
// that is wrong at once. The files that say so are made by scripts/inputConstraints.ts.
import type { OperationOf } from "./bindOperations.ts";
import type { OperationHandler } from "./service.ts";

export interface ConstraintTable {
  /** Operation: the shape of its input. */
  readonly operations: Readonly<Record<string, string>>;
  readonly shapes: Readonly<Record<string, ConstrainedShape>>;
}

interface ConstrainedShape {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  /** Its value is not repeated in messages. */
  readonly isSensitive?: boolean;
  readonly isNumber?: boolean;
  readonly isDecimal?: boolean;
  readonly members?: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  readonly list?: string;
  readonly map?: readonly string[];
}

export interface ConstraintOptions {
  /** Loaded when an operation is first called. */
  load(): Promise<ConstraintTable>;
  /** Throws the service's error with AWS's message. */
  refuse(message: string): never;
  /** Members that AWS's messages show of a structure and its API does not have. */
  readonly innerMembers?: Readonly<Record<string, readonly string[]>>;
  /** Words in the order in which AWS's messages list them, where it is another than the model's. */
  readonly wordOrder?: Readonly<Record<string, readonly string[]>>;
  /** The rules of a map's keys and values end with their being there. */
  readonly saysMapsHoldNoNull?: boolean;
}

/** The operations, each behind the checks of its input. */
export function constrained<State>(
  operations: Readonly<Record<string, OperationOf<State>>>,
  options: ConstraintOptions,
): Readonly<Record<string, OperationOf<State>>> {
  const check = checkOf(options);
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]): [string, OperationOf<State>] => [
      name,
      async (state, input, call) => {
        await check(name, input);
        return await operation(state, input, call);
      },
    ]),
  );
}

/** The same of operations that have their state already. */
export function constrainedHandlers(
  handlers: Readonly<Record<string, OperationHandler>>,
  options: ConstraintOptions,
): Readonly<Record<string, OperationHandler>> {
  const check = checkOf(options);
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handler]): [string, OperationHandler] => [
      name,
      async (input, call) => {
        await check(name, input);
        return await handler(input, call);
      },
    ]),
  );
}

function checkOf(options: ConstraintOptions): (operation: string, input: unknown) => Promise<void> {
  let checker: Checker | undefined;
  return async (operation, input) => {
    checker ??= new Checker(await options.load(), options);
    const broken = checker.brokenIn(operation, input);
    if (broken.length > 0)
      options.refuse(`${broken.length} validation error${broken.length > 1 ? "s" : ""} detected: ${broken.join("; ")}`);
  };
}

/** Patterns of AWS that can take for ever to fail, and what matches the same in one pass. */
const quickPatterns: Readonly<Record<string, string>> = {
  "^[ \\t]*[\\x20-\\x7E]+([ \\t]+[\\x20-\\x7E]+)*[ \\t]*$": "[\\x20-\\x7E\\t]*[\\x20-\\x7E][\\x20-\\x7E\\t]*",
  "[ \\t]*[\\x20-\\x7E]+([ \\t]+[\\x20-\\x7E]+)*[ \\t]*|(\\$(\\.[\\w/_-]+(\\[(\\d+|\\*)\\])*)*)":
    "[\\x20-\\x7E\\t]*[\\x20-\\x7E][\\x20-\\x7E\\t]*",
  "^[ \\t]*[^\\x00-\\x1F:\\x7F]+([ \\t]+[^\\x00-\\x1F:\\x7F]+)*[ \\t]*$":
    "(?:[^\\x00-\\x1F:\\x7F]|\\t)*[^\\x00-\\x1F:\\x7F](?:[^\\x00-\\x1F:\\x7F]|\\t)*",
};

class Checker {
  readonly #table: ConstraintTable;
  readonly #options: ConstraintOptions;
  readonly #patterns = new Map<string, RegExp>();
  /** Shapes in which nothing is constrained. */
  readonly #free = new Map<string, boolean>();

  constructor(table: ConstraintTable, options: ConstraintOptions) {
    this.#table = table;
    this.#options = options;
  }

  brokenIn(operation: string, input: unknown): readonly string[] {
    const shape = this.#table.operations[operation];
    const broken: string[] = [];
    if (shape !== undefined) this.#visit(input, shape, "", broken);
    return broken;
  }

  #visit(value: unknown, name: string, at: string, broken: string[]): void {
    const shape = this.#table.shapes[name];
    if (shape === undefined || this.#isFree(name, shape)) return;
    const shown = (): string => (shape.isSensitive === true ? "Value" : `Value '${this.#shown(value, name)}'`);
    for (const rule of this.#ownRules(value, name, shape)) broken.push(`${shown()} at '${at}' failed to satisfy constraint: ${rule}`);
    if (shape.members !== undefined && isRecord(value)) {
      for (const [member, of] of Object.entries(shape.members)) {
        const inner = value[member];
        const place = at === "" ? lowered(member) : `${at}.${lowered(member)}`;
        if (inner !== undefined && inner !== null) this.#visit(inner, of, place, broken);
        else if (shape.required?.includes(member) === true)
          broken.push(`Value null at '${place}' failed to satisfy constraint: Member must not be null`);
      }
    } else if (shape.list !== undefined && Array.isArray(value)) this.#visitList(value, shape.list, at, shown, broken);
    else if (shape.map !== undefined && isRecord(value)) {
      const [keys = "", values = ""] = shape.map;
      if (Object.keys(value).some((key) => this.#ownRules(key, keys).length > 0))
        broken.push(`${shown()} at '${at}' failed to satisfy constraint: Map keys must satisfy constraint: [${this.#mapRules(keys)}]`);
      if (Object.values(value).some((one) => this.#ownRules(one, values).length > 0))
        broken.push(`${shown()} at '${at}' failed to satisfy constraint: Map value must satisfy constraint: [${this.#mapRules(values)}]`);
    }
  }

  /** Of plain values the list itself is told, of others each place in it. */
  #visitList(values: readonly unknown[], of: string, at: string, shown: () => string, broken: string[]): void {
    const inner = this.#table.shapes[of];
    if (inner?.members !== undefined || inner?.list !== undefined || inner?.map !== undefined)
      return values.forEach((one, index) => this.#visit(one, of, `${at}.${index + 1}.member`, broken));
    if (values.every((one) => this.#ownRules(one, of).length === 0)) return;
    const rules = [this.#allRules(of), "Member must not be null"].filter((rule) => rule !== "");
    broken.push(`${shown()} at '${at}' failed to satisfy constraint: Member must satisfy constraint: [${rules.join(", ")}]`);
  }

  /** What this value itself breaks. */
  #ownRules(value: unknown, name: string, shape = this.#table.shapes[name]): string[] {
    if (shape === undefined) return [];
    // Templates give numbers as texts too.
    const size = sizeOf(shape.isNumber === true ? Number(value) : value);
    const rules: string[] = [];
    if (size !== undefined && shape.min !== undefined && size < shape.min) rules.push(leastOf(shape));
    if (size !== undefined && shape.max !== undefined && size > shape.max) rules.push(mostOf(shape));
    if (typeof value !== "string") return rules;
    if (shape.pattern !== undefined && !this.#expression(shape.pattern).test(value)) rules.push(patternOf(shape.pattern));
    if (shape.enum !== undefined && !shape.enum.includes(value)) rules.push(this.#wordsOf(name, shape.enum));
    return rules;
  }

  /** All that a key, value or element must satisfy, broken or not. */
  #allRules(name: string): string {
    const shape = this.#table.shapes[name];
    if (shape === undefined) return "";
    return [
      ...(shape.max === undefined ? [] : [mostOf(shape)]),
      ...(shape.min === undefined ? [] : [leastOf(shape)]),
      ...(shape.pattern === undefined ? [] : [patternOf(shape.pattern)]),
      ...(shape.enum === undefined ? [] : [this.#wordsOf(name, shape.enum)]),
    ].join(", ");
  }

  #mapRules(name: string): string {
    return `${this.#allRules(name)}${this.#options.saysMapsHoldNoNull === true ? ", Member must not be null" : ""}`;
  }

  #wordsOf(name: string, words: readonly string[]): string {
    return `Member must satisfy enum value set: [${(this.#options.wordOrder?.[name] ?? words).join(", ")}]`;
  }

  #expression(pattern: string): RegExp {
    const known = this.#patterns.get(pattern);
    if (known !== undefined) return known;
    const expression = new RegExp(`^(?:${quickPatterns[pattern] ?? pattern})$`, pattern.includes("\\p{") ? "u" : "");
    this.#patterns.set(pattern, expression);
    return expression;
  }

  #isFree(name: string, shape: ConstrainedShape): boolean {
    const known = this.#free.get(name);
    if (known !== undefined) return known;
    this.#free.set(name, true); // A shape within itself adds nothing.
    const { min, max, pattern, enum: words, required, members, list, map } = shape;
    const inner = [...Object.values(members ?? {}), ...(list === undefined ? [] : [list]), ...(map ?? [])];
    const isFree =
      [min, max, pattern, words, required].every((one) => one === undefined) &&
      inner.every((one) => {
        const next = this.#table.shapes[one];
        return next === undefined || this.#isFree(one, next);
      });
    this.#free.set(name, isFree);
    return isFree;
  }

  /** As Java prints it. */
  #shown(value: unknown, name: string | undefined): string {
    const shape = name === undefined ? undefined : this.#table.shapes[name];
    if (value === undefined || value === null) return "null";
    if (value instanceof Uint8Array) return `java.nio.HeapByteBuffer[pos=0 lim=${value.length} cap=${value.length}]`;
    if (Array.isArray(value)) return `[${value.map((one) => this.#shown(one, shape?.list)).join(", ")}]`;
    if (typeof value === "number" && shape?.isDecimal === true && Number.isInteger(value)) return value.toFixed(1);
    if (value instanceof Date || !isRecord(value)) return String(value);
    if (shape?.members === undefined)
      return `{${Object.entries(value)
        .map(([key, one]) => `${key}=${this.#shown(one, shape?.map?.[1])}`)
        .join(", ")}}`;
    const inner = this.#options.innerMembers?.[name ?? ""] ?? [];
    const shown = Object.entries(shape.members).map(([member, of]) => `${lowered(member)}=${this.#shown(value[member], of)}`);
    return `${name}(${[...shown, ...inner.map((member) => `${member}=null`)].join(", ")})`;
  }
}

/** A number's value, the length of everything else. */
function sizeOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "string" || Array.isArray(value) || value instanceof Uint8Array) return value.length;
  return isRecord(value) && !(value instanceof Date) ? Object.keys(value).length : undefined;
}

function leastOf({ min = 0, isNumber, isDecimal }: ConstrainedShape): string {
  return `Member must have ${isNumber === true ? "value" : "length"} greater than or equal to ${isDecimal === true ? min.toFixed(1) : min}`;
}

function mostOf({ max = 0, isNumber, isDecimal }: ConstrainedShape): string {
  return `Member must have ${isNumber === true ? "value" : "length"} less than or equal to ${isDecimal === true ? max.toFixed(1) : max}`;
}

function patternOf(pattern: string): string {
  return `Member must satisfy regular expression pattern: ${pattern}`;
}

function lowered(member: string): string {
  return member.charAt(0).toLowerCase() + member.slice(1);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
