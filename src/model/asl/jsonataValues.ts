// Values on their way into JSONata, which knows JavaScript's numbers only, and back.
import { ExactNumber, numberOfDouble } from "./number.ts";
import { isArrayValue, isObjectValue, objectOf, type Value } from "./value.ts";

/** An expression gave a function, alone or within its value. */
export class UnsupportedResult extends Error {}

/** Values are never changed, so what was converted once serves again. */
const converted = new WeakMap<object, unknown>();

export function toJsonata(value: Value): unknown {
  if (value instanceof ExactNumber) return value.valueOf();
  if (typeof value !== "object" || value === null) return value;
  const known = converted.get(value);
  if (known !== undefined) return known;
  const result = isArrayValue(value) ? arrayToJsonata(value) : isObjectValue(value) ? objectToJsonata(value) : value;
  converted.set(value, result);
  return result;
}

function arrayToJsonata(array: readonly Value[]): unknown {
  const items = array.map(toJsonata);
  return items.some((item, index) => item !== array[index]) ? items : array;
}

function objectToJsonata(object: { readonly [key: string]: Value }): unknown {
  let isChanged = false;
  const members: [string, unknown][] = [];
  for (const [key, member] of Object.entries(object)) {
    const value = toJsonata(member);
    isChanged ||= value !== member;
    members.push([key, value]);
  }
  return isChanged ? Object.fromEntries(members) : object;
}

/** A result; undefined where there is none. Numbers that JSON has no form for become texts, as AWS writes them. */
export function fromJsonata(result: unknown): Value | undefined {
  switch (typeof result) {
    case "undefined":
      return undefined;
    case "string":
    case "boolean":
      return result;
    case "number":
      return Number.isFinite(result) ? numberOfDouble(result) : String(result);
    case "object":
      return result === null ? null : structureFromJsonata(result);
    default:
      throw new UnsupportedResult();
  }
}

function structureFromJsonata(result: object): Value {
  if (Array.isArray(result)) return result.map((item: unknown) => fromJsonata(item)).filter((item) => item !== undefined);
  if ("_jsonata_lambda" in result || "_jsonata_function" in result) throw new UnsupportedResult();
  const members: [string, Value][] = [];
  for (const [key, member] of Object.entries(result)) {
    const value = fromJsonata(member);
    if (value !== undefined) members.push([key, value]);
  }
  return objectOf(members);
}
