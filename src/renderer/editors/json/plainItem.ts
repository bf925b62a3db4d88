import type { Json, JsonObject } from "../../../model/json.ts";
import { isJsonObject } from "../../../model/json.ts";
import { sameJson } from "./jsonTree.ts";

// DynamoDB's attribute values (`{"S": "a"}`) read and written as the plain JSON that people think in.

const TYPE_TAGS: ReadonlySet<string> = new Set(["S", "N", "B", "SS", "NS", "BS", "M", "L", "BOOL", "NULL"]);

export function isAttributeValue(value: Json | undefined): value is JsonObject {
  if (!isJsonObject(value)) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && TYPE_TAGS.has(keys[0] ?? "");
}

/** Whether a value is a whole item in attribute values. */
export function isTypedItem(value: Json | undefined): value is JsonObject {
  return isJsonObject(value) && Object.keys(value).length > 0 && Object.values(value).every(isAttributeValue);
}

/** The item in plain JSON. Sets become lists and binary base64 text; typedLike knows the way back. */
export function plainItem(item: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(item).map(([key, value]) => [key, plainValue(value)]));
}

function plainValue(value: Json): Json {
  if (!isAttributeValue(value)) return value;
  const [tag, content] = Object.entries(value)[0] ?? ["", null];
  switch (tag) {
    case "N":
      return exactNumber(content ?? null);
    case "NS":
      return Array.isArray(content) ? content.map(exactNumber) : (content ?? null);
    case "NULL":
      return null;
    case "L":
      return Array.isArray(content) ? content.map(plainValue) : (content ?? null);
    case "M":
      return isJsonObject(content) ? plainItem(content) : (content ?? null);
    default:
      return content ?? null;
  }
}

/** DynamoDB keeps 38 digits; what a double cannot hold exactly stays text. */
function exactNumber(text: Json): Json {
  const number = Number(text);
  return typeof text === "string" && Number.isFinite(number) && BigInt(text.replace(/\D/g, "") || "0") <= 9007199254740991n ? number : text;
}

export function typedItem(item: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(item).map(([key, value]) => [key, typedValue(value)]));
}

function typedValue(value: Json): JsonObject {
  if (value === null) return { NULL: true };
  if (typeof value === "string") return { S: value };
  if (typeof value === "number") return { N: String(value) };
  if (typeof value === "boolean") return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(typedValue) };
  return { M: typedItem(value) };
}

/**
 * An edited plain item in attribute values, in the types that it had before: what plain JSON cannot tell (sets, binary,
 * long numbers) stays what it was.
 */
export function typedLike(item: JsonObject, before: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, valueLike(value, before[name])]));
}

function valueLike(value: Json, before: Json | undefined): JsonObject {
  if (!isAttributeValue(before)) return typedValue(value);
  if (sameJson(plainValue(before), value)) return before;
  const [tag, content] = Object.entries(before)[0] ?? ["", null];
  if (tag === "M" && isJsonObject(value) && isJsonObject(content)) return { M: typedLike(value, content) };
  if (tag === "L" && Array.isArray(value) && Array.isArray(content)) return { L: value.map((each, at) => valueLike(each, content[at])) };
  if (tag === "SS" && Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === "string")) return { SS: value };
  if (tag === "NS" && Array.isArray(value) && value.length > 0 && value.every(isNumeric)) return { NS: value.map(String) };
  if (tag === "N" && isNumeric(value)) return { N: String(value) };
  if ((tag === "B" && typeof value === "string") || (tag === "BS" && Array.isArray(value))) return { [tag]: value };
  return typedValue(value);
}

function isNumeric(value: Json): boolean {
  return typeof value === "number" || (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value)));
}
