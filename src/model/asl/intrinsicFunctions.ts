// The intrinsic functions of JSONPath states, each with the checks that AWS makes when it runs.
import { decodeBase64, encodeBase64 } from "./base64.ts";
import { javaSet, javaText, JavaRandom, isJavaInt } from "./javaText.ts";
import type { Sources } from "./sources.ts";
import { entriesOf, isArrayValue, isNumberValue, isObjectValue, objectOf, readValue, writeValue, type Value } from "./value.ts";

/** A value given to a function, and what only some functions ask. */
export interface Argument {
  readonly value: Value;
  /** As written in the definition, escapes included. */
  readonly raw?: string;
  /** Parsed by States.StringToJson: States.Format writes it as JSON. */
  readonly isParsedJson?: boolean;
}

/** What a function refuses; the function's name is put before it. */
export class InvalidArguments extends Error {}

type Intrinsic = (list: readonly Argument[], sources: Sources) => Value;

interface IntrinsicDefinition {
  readonly least: number;
  readonly most: number;
  readonly call: Intrinsic;
}

const maxTextLength = 10_000;
const maxRangeLength = 1_000;

export const intrinsics: ReadonlyMap<string, IntrinsicDefinition> = new Map(
  Object.entries({
    Format: { least: 1, most: Infinity, call: format },
    StringToJson: { least: 1, most: 1, call: ([text]) => parseJson(textOf(text)) },
    JsonToString: { least: 1, most: 1, call: ([value]) => writeValue(valueOf(value)) },
    Array: { least: 0, most: Infinity, call: (list) => list.map((argument) => argument.value) },
    ArrayPartition: { least: 2, most: 2, call: ([array, size]) => partition(arrayOf(array), truncated(size)) },
    ArrayContains: { least: 2, most: 2, call: ([array, value]) => contains(arrayOf(array), valueOf(value)) },
    ArrayRange: { least: 3, most: 3, call: ([first, last, step]) => range(truncated(first), truncated(last), truncated(step)) },
    ArrayGetItem: { least: 2, most: 2, call: ([array, index]) => itemAt(arrayOf(array), truncated(index)) },
    ArrayLength: { least: 1, most: 1, call: ([array]) => arrayOf(array).length },
    ArrayUnique: { least: 1, most: 1, call: ([array]) => javaSet(arrayOf(array)) },
    Base64Encode: { least: 1, most: 1, call: ([text]) => encodeBase64(shortText(textOf(text))) },
    Base64Decode: { least: 1, most: 1, call: ([text]) => decodeBase64(shortText(textOf(text))) },
    Hash: { least: 2, most: 2, call: ([data, algorithm], sources) => hash(shortText(javaText(valueOf(data))), textOf(algorithm), sources) },
    JsonMerge: { least: 3, most: 3, call: ([left, right, deep]) => merge(valueOf(left), valueOf(right), valueOf(deep)) },
    MathRandom: { least: 2, most: 3, call: ([start, end, seed], sources) => random(truncated(start), truncated(end), seed, sources) },
    MathAdd: { least: 2, most: 2, call: ([left, right]) => add(rounded(left), rounded(right)) },
    StringSplit: { least: 2, most: 2, call: ([text, separators]) => split(textOf(text), textOf(separators)) },
    UUID: { least: 0, most: 0, call: (_list, sources) => sources.uuid() },
  } satisfies Record<string, IntrinsicDefinition>).map(([name, definition]) => [`States.${name}`, definition]),
);

function format([template, ...list]: readonly Argument[]): Value {
  const text = textOf(template);
  // in a literal a backslash always escapes, in other texts only before a brace
  const pieces = template?.raw === undefined ? /\\([{}])|\{\}|[{}]/g : /\\(.)|\{\}|[{}]/gs;
  let index = 0;
  const formatted = (template?.raw ?? text).replace(pieces, (match: string, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    if (match !== "{}") throw new InvalidArguments();
    const argument = list[index];
    index += 1;
    if (argument === undefined) return "";
    return argument.isParsedJson === true ? writeValue(argument.value) : javaText(argument.value);
  });
  if (index !== list.length) throw new InvalidArguments("number of arguments do not match the occurrences of {}");
  return formatted;
}

/** An empty text is read as null. */
function parseJson(text: string): Value {
  if (text === "") return null;
  try {
    return readValue(text);
  } catch {
    throw new InvalidArguments();
  }
}

function partition(array: readonly Value[], size: number): Value {
  if (size < 1) throw new InvalidArguments();
  return Array.from({ length: Math.ceil(array.length / size) }, (_, chunk) => array.slice(chunk * size, (chunk + 1) * size));
}

/** Compared by their texts: true is found in ["true"]. */
function contains(array: readonly Value[], value: Value): boolean {
  const text = javaText(value);
  return array.some((item) => javaText(item) === text);
}

function range(first: number, last: number, step: number): Value {
  if (step === 0) throw new InvalidArguments();
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  if (length > maxRangeLength) throw new InvalidArguments();
  return Array.from({ length }, (_, index) => first + index * step);
}

function itemAt(array: readonly Value[], index: number): Value {
  if (array.length === 0 && index >= 0) return null;
  const item = array[index];
  if (item === undefined) throw new InvalidArguments();
  return item;
}

const algorithms = new Set(["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"]);

function hash(text: string, algorithm: string, sources: Sources): Value {
  if (!algorithms.has(algorithm)) throw new InvalidArguments();
  return sources.digest(algorithm, text);
}

/** Only shallow merges are supported; anything but `true` asks for one. */
function merge(left: Value, right: Value, deep: Value): Value {
  if (!isObjectValue(left) || !isObjectValue(right) || deep === true) throw new InvalidArguments();
  return objectOf([...entriesOf(left), ...entriesOf(right)]);
}

function random(start: number, end: number, seed: Argument | undefined, sources: Sources): Value {
  if (start >= end) throw new InvalidArguments();
  if (seed === undefined) return start + Math.floor(sources.random() * (end - start));
  return start + new JavaRandom(truncated(seed)).nextInt(end - start);
}

function add(left: number, right: number): Value {
  const sum = left + right;
  if (!isJavaInt(left) || !isJavaInt(right) || !isJavaInt(sum)) throw new InvalidArguments();
  return sum;
}

/** Every character of `separators` separates; empty pieces are left out. */
function split(text: string, separators: string): Value {
  const pieces: string[] = [];
  let start = 0;
  for (let index = 0; index <= text.length; index += 1) {
    const character = text[index];
    if (character !== undefined && !separators.includes(character)) continue;
    if (index > start) pieces.push(text.slice(start, index));
    start = index + 1;
  }
  return pieces;
}

function valueOf(argument: Argument | undefined): Value {
  return argument?.value ?? null;
}

function textOf(argument: Argument | undefined): string {
  const value = valueOf(argument);
  if (typeof value !== "string") throw new InvalidArguments();
  return value;
}

function shortText(text: string): string {
  if (text.length > maxTextLength) throw new InvalidArguments();
  return text;
}

function arrayOf(argument: Argument | undefined): readonly Value[] {
  const value = valueOf(argument);
  if (!isArrayValue(value)) throw new InvalidArguments();
  return value;
}

function numberOf(argument: Argument | undefined): number {
  const value = valueOf(argument);
  if (!isNumberValue(value)) throw new InvalidArguments();
  return value.valueOf();
}

function truncated(argument: Argument | undefined): number {
  return Math.trunc(numberOf(argument)) + 0;
}

/** Halves go up: -1.5 becomes -1. */
function rounded(argument: Argument | undefined): number {
  return Math.round(numberOf(argument)) + 0;
}
