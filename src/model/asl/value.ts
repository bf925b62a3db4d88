// The JSON values that executions carry. They are plain JSON, but for numbers whose text JavaScript would change (0.0, 1E400,
// integers past 2^53): those stay an ExactNumber. Reading and writing go through readValue and writeValue, never through JSON.
import type { Json } from "../json.ts";

export type Value = string | number | ExactNumber | boolean | null | readonly Value[] | ObjectValue;
export interface ObjectValue {
  readonly [key: string]: Value;
}

/** A number as AWS writes it, where `String(number)` would write something else. */
export class ExactNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  valueOf(): number {
    return Number(this.text);
  }

  /** Native serialisation cannot write it: `writeValue` takes the longer way. */
  toJSON(): never {
    throw exactNumberFound;
  }
}

const exactNumberFound = new Error("A value with exact numbers is written by writeValue.");

export function isObjectValue(value: Value | undefined): value is ObjectValue {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}

export function isArrayValue(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isNumberValue(value: Value | undefined): value is number | ExactNumber {
  return typeof value === "number" || value instanceof ExactNumber;
}

/** Reads JSON text. Throws a SyntaxError where it is not JSON. */
export function readValue(text: string): Value {
  return JSON.parse(text);
}

/** The compact text of a value, to the letter as AWS writes it. */
export function writeValue(value: Value): string {
  return JSON.stringify(value);
}

/** Plain JSON, for other services: exact numbers become JavaScript's nearest. */
export function toJson(value: Value): Json {
  return JSON.parse(writeValue(value));
}
