// The JSON values that executions carry. They are plain JSON, but for numbers that JavaScript would write in other words than
// AWS (0.0, 1.0E10, integers past 2^53): those stay an ExactNumber. Read with readValue, written with writeValue, never with JSON.
import type { Json } from "../json.ts";
import { ExactNumber, numberOfText } from "./number.ts";

export type Value = string | number | ExactNumber | boolean | null | readonly Value[] | ObjectValue;
export interface ObjectValue {
  readonly [key: string]: Value;
  /** The order of the keys, where JavaScript would put keys that look like indexes first. */
  readonly [keyOrder]?: readonly string[];
}

export const keyOrder: unique symbol = Symbol("key order");

export function isObjectValue(value: Value | undefined): value is ObjectValue {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}

export function isArrayValue(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isNumberValue(value: Value | undefined): value is number | ExactNumber {
  return typeof value === "number" || value instanceof ExactNumber;
}

/** The keys of an object in the order in which they were written. */
export function keysOf(object: ObjectValue): readonly string[] {
  const order = object[keyOrder];
  const keys = Object.keys(object);
  if (order === undefined) return keys;
  const ordered = order.filter((key) => Object.hasOwn(object, key));
  if (ordered.length === keys.length) return ordered;
  const known = new Set(ordered);
  return [...ordered, ...keys.filter((key) => !known.has(key))];
}

/** An object of these members in this order; a key that comes again takes the later value. */
export function objectOf(members: Iterable<readonly [string, Value]>): ObjectValue {
  const object: Record<string, Value> & { [keyOrder]?: readonly string[] } = {};
  const keys: string[] = [];
  let mayReorder = false;
  for (const [key, value] of members) {
    if (!Object.hasOwn(object, key)) keys.push(key);
    mayReorder ||= looksLikeIndex(key);
    if (key === "__proto__") Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
    else object[key] = value;
  }
  if (mayReorder && Object.keys(object).some((key, index) => key !== keys[index])) object[keyOrder] = keys;
  return object;
}

export function entriesOf(object: ObjectValue): [string, Value][] {
  return keysOf(object).map((key) => [key, object[key] ?? null]);
}

function looksLikeIndex(key: string): boolean {
  const first = key.charCodeAt(0);
  return first >= 48 && first <= 57;
}

/** Numbers with a point or an exponent, long ones, and keys that look like indexes: most texts have none. */
const unusual = /(?:^|[[:,])\s*(-?(?:\d+[.eE][\d.eE+-]*|\d{16,}))|"\d+"\s*:/g;

/** Reads JSON text. Throws a SyntaxError where it is not JSON. */
export function readValue(text: string): Value {
  const plain: Value = JSON.parse(text);
  for (const [, number] of text.matchAll(unusual)) {
    if (number === undefined || typeof numberOfText(number) === "object") return readCarefully(text);
  }
  return plain;
}

/** Reads text that JSON.parse has found to be right. */
function readCarefully(text: string): Value {
  const token = /[\s,:]*("(?:[^"\\]|\\.)*"|[[\]{}]|[^\s,:[\]{}"]+)/gy;
  const next = (): string => token.exec(text)?.[1] ?? "";
  const read = (first: string): Value => {
    if (first === "[") {
      const items: Value[] = [];
      for (let item = next(); item !== "]"; item = next()) items.push(read(item));
      return items;
    }
    if (first === "{") {
      const members: [string, Value][] = [];
      for (let key = next(); key !== "}"; key = next()) members.push([JSON.parse(key), read(next())]);
      return objectOf(members);
    }
    return /^[-\d]/.test(first) ? numberOfText(first) : JSON.parse(first);
  };
  return read(next());
}

/** The compact text of a value, to the letter as AWS writes it. */
export function writeValue(value: Value): string {
  try {
    const text = JSON.stringify(value);
    return needsOwnWriting.test(text) ? writeCarefully(value) : text;
  } catch (error) {
    if (error === ExactNumber.found) return writeCarefully(value);
    throw error;
  }
}

/** Keys that have an order of their own, and control characters, whose codes AWS writes in capitals. */
const needsOwnWriting = /"\d+":|\\u00/;

function writeCarefully(value: Value): string {
  if (value instanceof ExactNumber) return value.text;
  if (isArrayValue(value)) return `[${value.map(writeCarefully).join(",")}]`;
  if (isObjectValue(value)) {
    return `{${entriesOf(value)
      .map(([key, member]) => `${writeText(key)}:${writeCarefully(member)}`)
      .join(",")}}`;
  }
  return typeof value === "string" ? writeText(value) : JSON.stringify(value);
}

function writeText(text: string): string {
  return JSON.stringify(text).replace(/\\(?:u00(..)|.)/g, (escape, code: string | undefined) =>
    code === undefined ? escape : `\\u00${code.toUpperCase()}`,
  );
}

/** Plain JSON, for other services: exact numbers become JavaScript's nearest. */
export function toJson(value: Value): Json {
  if (value instanceof ExactNumber) return value.valueOf();
  if (isArrayValue(value)) return value.map(toJson);
  if (isObjectValue(value)) return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toJson(member)]));
  return value;
}

/** Whether two values are the same JSON; numbers by their size, members in any order. */
export function isSameValue(left: Value, right: Value): boolean {
  if (isNumberValue(left) && isNumberValue(right)) return left.valueOf() === right.valueOf();
  if (isArrayValue(left))
    return isArrayValue(right) && left.length === right.length && left.every((item, index) => isSameValue(item, right[index] ?? null));
  if (!isObjectValue(left) || !isObjectValue(right)) return left === right;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && isSameValue(left[key] ?? null, right[key] ?? null))
  );
}
