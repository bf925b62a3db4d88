// Checks of single values: kinds, ranges, words of a list, timestamps.
import type { Json } from "../../json.ts";
import { checkExpression, isExpression } from "./expressions.ts";
import type { Place } from "./diagnostic.ts";
import type { Check, Field, StateCheck } from "./objects.ts";

export const anything: Check = () => undefined;

export const isText: Check = (value, place, { diagnostics }) => {
  if (typeof value !== "string") diagnostics.schema("Expected value of type String", place);
};

export const isFlag: Check = (value, place, { diagnostics }) => {
  if (typeof value !== "boolean") diagnostics.schema("Expected value of type Boolean", place);
};

export function integer(minimum: number, maximum = Number.POSITIVE_INFINITY): Check {
  return (value, place, state) => {
    if (typeof value !== "number" || !Number.isInteger(value)) return state.diagnostics.schema("Expected value of type Integer", place);
    checkRange(value, place, state, minimum, maximum);
  };
}

export function decimal(minimum: number, maximum = Number.POSITIVE_INFINITY): Check {
  return (value, place, state) => {
    if (typeof value !== "number") return state.diagnostics.schema("Expected value of type Number", place);
    checkRange(value, place, state, minimum, maximum);
  };
}

function checkRange(value: number, place: Place, { diagnostics }: StateCheck, minimum: number, maximum: number): void {
  if (value < minimum) diagnostics.schema(`Minimum value is ${minimum}`, place);
  if (value > maximum) diagnostics.schema(`Maximum value is ${maximum}`, place);
}

/** In JSONata an expression may stand for the value. */
export function orExpression(check: Check): Check {
  return (value, place, state) => {
    if (state.language === "JSONata" && isExpression(value)) checkExpression(value, place, state);
    else check(value, place, state);
  };
}

export function oneOf(values: readonly string[]): Check {
  return (value, place, state) => {
    if (typeof value !== "string") return isText(value, place, state);
    if (!values.includes(value)) state.diagnostics.schema(`Value should be one of the following: [${values.join(", ")}]`, place);
  };
}

export function listOf(check: Check, { canBeEmpty = false } = {}): Check {
  return (value, place, state) => {
    if (!Array.isArray(value)) return state.diagnostics.schema("Expected value of type Array", place);
    if (value.length === 0 && !canBeEmpty) state.diagnostics.schema("Value cannot be empty", place);
    value.forEach((item: Json, index) => check(item, { location: `${place.location}[${index}]`, path: [...place.path, index] }, state));
  };
}

const timestampForm = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:Z|[+-](\d{2}):(\d{2}))$/;

export const isTimestamp: Check = (value, place, state) => {
  if (typeof value !== "string") return isText(value, place, state);
  if (!isTimestampText(value)) state.diagnostics.schema("String does not match RFC3339 timestamp", place);
};

function isTimestampText(text: string): boolean {
  const match = timestampForm.exec(text);
  if (!match) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, zoneHour = 0, zoneMinute = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const daysOfMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysOfMonth &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59 &&
    zoneHour <= 18 &&
    zoneMinute <= 59
  );
}

export function onlyIn(language: "JSONPath" | "JSONata", check: Check): Field {
  return { check, language };
}

export function inBoth(check: Check): Field {
  return { check };
}
