// Evaluates a JSONPath as Jayway's library does: what it finds, what it does not, and the words in which it says so.
import { isDefinite, normalPath, normalStep, type JsonPath, type PathFunction, type PathStep } from "./jsonPathParse.ts";
import { runtimeFailure } from "./failure.ts";
import { matchesFilter, type FilterContext } from "./jsonPathFilter.ts";
import { ExactNumber } from "./number.ts";
import { entriesOf, isArrayValue, isNumberValue, isObjectValue, keysOf, objectOf, writeValue, type Value } from "./value.ts";

/** A definite path leads nowhere; the message is the library's. */
export class PathNotFoundError extends Error {}

/**
 * How an index past the end of an array is read: as null by the library's one form, which fields use, as nothing by its
 * other form, which arguments of intrinsic functions use.
 */
export type PastTheEnd = "null" | "nothing";

/**
 * What a path finds in a document: the value of a definite path, the list of all values of any other.
 * Throws a PathNotFoundError where a definite path finds nothing.
 */
export function readPath(
  path: JsonPath,
  document: Value,
  pastTheEnd: PastTheEnd = "null",
  spend: (steps: number) => void = limitOf(path),
): Value {
  const last = path.steps.at(-1);
  if (last?.type === "function") {
    // a function is given all that the path before it finds
    return applyFunction(last.name, readPath({ ...path, steps: path.steps.slice(0, -1) }, document, pastTheEnd, spend));
  }
  const found: Value[] = [];
  const walk = new PathWalk(path, document, pastTheEnd, found, spend);
  const definite = isDefinite(path);
  try {
    walk.from(0, document, true);
  } catch (error) {
    if (!(error instanceof PathNotFoundError) || definite) throw error;
  }
  if (!definite) return found;
  const [value] = found;
  if (value === undefined) throw new PathNotFoundError(`No results for path: ${normalPath(path.steps)}`);
  return value;
}

/** Paths like `$..*..*..*` go everywhere again and again: they end after about half a second. */
const maxSteps = 5_000_000;

function limitOf(path: JsonPath): (steps: number) => void {
  let spent = 0;
  return (steps) => {
    spent += steps;
    if (spent > maxSteps) throw runtimeFailure(`The path '${path.text}' takes too long to evaluate.`);
  };
}

/** Whether a path finds anything, be it null. */
export function findsValue(path: JsonPath, document: Value): boolean {
  try {
    const value = readPath(path, document);
    return isDefinite(path) || (isArrayValue(value) && value.length > 0);
  } catch (error) {
    if (error instanceof PathNotFoundError) return false;
    throw error;
  }
}

class PathWalk {
  private readonly path: JsonPath;
  private readonly document: Value;
  private readonly pastTheEnd: PastTheEnd;
  private readonly found: Value[];
  private readonly spend: (steps: number) => void;
  private readonly known: FilterContext["known"] = new Map();

  constructor(path: JsonPath, document: Value, pastTheEnd: PastTheEnd, found: Value[], spend: (steps: number) => void) {
    this.path = path;
    this.document = document;
    this.pastTheEnd = pastTheEnd;
    this.found = found;
    this.spend = spend;
  }

  /** Goes on from the step at `index`; `isSure` while no step before could lead to several places. */
  from(index: number, value: Value, isSure: boolean): void {
    this.spend(1);
    const step = this.path.steps[index];
    if (step === undefined) {
      this.found.push(value);
      return;
    }
    switch (step.type) {
      case "properties":
        return this.properties(step.names, index, value, isSure);
      case "indexes":
        if (this.isArray(value, index, isSure))
          for (const place of step.indexes) this.item(place, index, value, isSure && step.indexes.length === 1);
        return;
      case "slice":
        if (this.isArray(value, index, isSure))
          for (const place of sliceOf(step.from, step.to, value.length)) this.item(place, index, value, false);
        return;
      case "wildcard":
        for (const child of childrenOf(value)) this.from(index + 1, child, false);
        return;
      case "descent":
        return this.descend(index + 1, value);
      case "filter":
        return this.filter(step, index, value, isSure);
      case "function":
        this.from(index + 1, applyFunction(step.name, value), isSure);
    }
  }

  private properties(names: readonly string[], index: number, value: Value, isSure: boolean): void {
    const isLast = index === this.path.steps.length - 1;
    if (!isObjectValue(value)) {
      if (!isSure) return;
      throw new PathNotFoundError(
        `Expected to find an object with property ${normalStep({ type: "properties", names })} in path ${this.pathTo(index)} but found '${javaClass(value)}'. This is not a json object according to the JsonProvider: '${provider}'.`,
      );
    }
    const present = names.filter((name) => Object.hasOwn(value, name));
    if (names.length > 1 && isLast) {
      this.found.push(objectOf(present.map((name) => [name, value[name] ?? null])));
      return;
    }
    if (present.length === 0 && isSure && !isLast) throw new PathNotFoundError(`Missing property in path ${this.pathTo(index + 1)}`);
    for (const name of present) this.from(index + 1, value[name] ?? null, isSure && names.length === 1);
  }

  private isArray(value: Value, index: number, isSure: boolean): value is readonly Value[] {
    if (isArrayValue(value)) return true;
    if (!isSure) return false;
    if (value === null) throw new PathNotFoundError(`The path ${this.pathTo(index)} is null`);
    const step = this.path.steps[index];
    throw new PathNotFoundError(
      `Filter: ${step === undefined ? "" : normalStep(step)} can only be applied to arrays. Current context is: ${writeValue(value)}`,
    );
  }

  private item(place: number, index: number, array: readonly Value[], isSure: boolean): void {
    const item = array[place < 0 ? array.length + place : place];
    if (item !== undefined) this.from(index + 1, item, isSure);
    else if (this.pastTheEnd === "null" && place >= 0) this.from(index + 1, null, isSure);
  }

  private filter(step: PathStep & { type: "filter" }, index: number, value: Value, isSure: boolean): void {
    const context: FilterContext = { root: this.document, spend: this.spend, known: this.known };
    const holds = (candidate: Value): boolean => matchesFilter(step.filter, candidate, context);
    if (isArrayValue(value)) {
      for (const item of value) if (holds(item)) this.from(index + 1, item, false);
    } else if (isObjectValue(value)) {
      if (holds(value)) this.from(index + 1, value, false);
    } else if (isSure)
      throw new PathNotFoundError(`Filter: [?] can not be applied to primitives. Current context is: ${writeValue(value)}`);
  }

  /** Tries the step at `index` on the value and on everything within it, outer before inner. */
  private descend(index: number, value: Value): void {
    const step = this.path.steps[index];
    if (step === undefined) return;
    if (step.type !== "filter" || isObjectValue(value)) this.from(index, value, false);
    for (const child of childrenOf(value)) this.descend(index, child);
  }

  private pathTo(index: number): string {
    return normalPath(this.path.steps.slice(0, index));
  }
}

/** The indexes of a slice: those of the library, which reads `[1:-1]` as nothing. */
function sliceOf(from: number | undefined, to: number | undefined, length: number): number[] {
  let first = from ?? 0;
  let end = to ?? length;
  if (to === undefined) first = Math.max(0, first < 0 ? length + first : first);
  else if (from === undefined) end = to < 0 ? length + to : to;
  end = Math.min(end, length);
  return Array.from({ length: Math.max(0, end - first) }, (_, offset) => first + offset).filter(
    (place) => place < length && place >= -length,
  );
}

function childrenOf(value: Value): readonly Value[] {
  if (isArrayValue(value)) return value;
  return isObjectValue(value) ? entriesOf(value).map(([, member]) => member) : [];
}

function applyFunction(name: PathFunction, value: Value): Value {
  if (name === "length" || name === "size") {
    if (isArrayValue(value)) return value.length;
    if (isObjectValue(value)) return Object.keys(value).length;
    throw new PathNotFoundError(`Function ${name}() can not be applied to ${writeValue(value)}`);
  }
  if (name === "keys") return isObjectValue(value) ? keysOf(value) : [];
  if (!isArrayValue(value)) throw new PathNotFoundError(`Aggregation function attempted to calculate value using empty array`);
  if (name === "first") return value[0] ?? null;
  if (name === "last") return value.at(-1) ?? null;
  const numbers = value.filter(isNumberValue).map((number) => number.valueOf());
  if (numbers.length === 0) throw new PathNotFoundError("Aggregation function attempted to calculate value using empty array");
  const sum = numbers.reduce((total, number) => total + number, 0);
  const mean = sum / numbers.length;
  const result = {
    min: numbers.reduce((least, number) => Math.min(least, number)),
    max: numbers.reduce((most, number) => Math.max(most, number)),
    sum,
    avg: mean,
    stddev: Math.sqrt(numbers.reduce((total, number) => total + (number - mean) ** 2, 0) / numbers.length),
  }[name];
  // the library computes with doubles
  return Number.isInteger(result) ? new ExactNumber(`${result}.0`) : result;
}

const provider = "com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider";

function javaClass(value: Value): string {
  if (value === null) return "null";
  const kind = typeof value === "string" ? "Text" : typeof value === "boolean" ? "Boolean" : isArrayValue(value) ? "Array" : "";
  if (kind !== "") return `com.fasterxml.jackson.databind.node.${kind}Node`;
  const text = writeValue(value);
  const size = /[.E]/.test(text)
    ? "Double"
    : Math.abs(Number(text)) < 2 ** 31
      ? "Int"
      : Math.abs(Number(text)) < 2 ** 63
        ? "Long"
        : "BigInteger";
  return `com.fasterxml.jackson.databind.node.${size}Node`;
}
