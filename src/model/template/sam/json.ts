// Small readings of JSON values that the whole transform needs.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { put } from "../value.ts";

export function mapOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

export function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

export function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Whether AWS's transform takes a value for given: not null, empty, false or zero. */
export function isSet(value: Json | undefined): value is Json {
  if (Array.isArray(value)) return value.length > 0;
  if (isJsonObject(value)) return Object.keys(value).length > 0;
  return value !== undefined && value !== null && value !== "" && value !== false && value !== 0;
}

/** The value when it is given, for properties that are left out otherwise. */
export function setOnly(value: Json | undefined): Json | undefined {
  return isSet(value) ? value : undefined;
}

/** A copy of its own, to be changed; three times as fast as structuredClone, which knows more than JSON. */
export function copyOf(value: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const key in value) put(result, key, copied(value[key] ?? null));
  return result;
}

function copied(value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  return Array.isArray(value) ? value.map((item) => copied(item)) : copyOf(value);
}

/** Order and layout do not matter, as in Python's comparison of dictionaries. */
export function isSame(a: Json, b: Json): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b);
}

/** A map with one key that is a function's name, or a condition's. */
export function isIntrinsic(value: Json | undefined): boolean {
  if (!isJsonObject(value)) return false;
  const keys = Object.keys(value);
  const [key] = keys;
  return keys.length === 1 && key !== undefined && (key === "Ref" || key === "Condition" || key.startsWith("Fn::"));
}

export function isNoValue(value: Json | undefined): boolean {
  return isJsonObject(value) && value.Ref === "AWS::NoValue";
}

/** `Fn::If` with its three parts. */
export function ifOf(value: Json | undefined): readonly [condition: string, then: Json, otherwise: Json] | undefined {
  const parts = isJsonObject(value) && Object.keys(value).length === 1 ? value["Fn::If"] : undefined;
  if (!Array.isArray(parts) || parts.length !== 3 || typeof parts[0] !== "string") return undefined;
  return [parts[0], parts[1] ?? null, parts[2] ?? null];
}

export function ref(id: string): JsonObject {
  return { Ref: id };
}

export function getAtt(id: string, attribute: string): JsonObject {
  return { "Fn::GetAtt": [id, attribute] };
}

export function sub(text: string, values?: JsonObject): JsonObject {
  return { "Fn::Sub": values ? [text, values] : text };
}

/** A table's entry under a name that users choose: `constructor` is not in any. */
export function entryOf<Value>(table: Readonly<Record<string, Value>>, name: Json | undefined): Value | undefined {
  return typeof name === "string" && Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Logical ID that `{Ref: Id}` or `{Fn::GetAtt: [Id, Attribute]}` names. */
export function namedId(value: Json | undefined): string | undefined {
  if (!isJsonObject(value) || Object.keys(value).length !== 1) return undefined;
  const { Ref: id, "Fn::GetAtt": attribute } = value;
  if (typeof id === "string") return id;
  const parts: readonly Json[] = typeof attribute === "string" ? attribute.split(".") : Array.isArray(attribute) ? attribute : [];
  return parts.length === 2 && typeof parts[0] === "string" ? parts[0] : undefined;
}

/** Logical ID in `{Ref: Id}`, or the text itself. */
export function refId(value: Json | undefined): string | undefined {
  if (typeof value === "string") return value;
  return isJsonObject(value) && typeof value.Ref === "string" ? value.Ref : undefined;
}

/** As Python's `json.dumps(…, separators=(",", ":"), sort_keys=True)`: what SAM makes its hashes from. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(",")}]`;
  if (isJsonObject(value)) {
    const keys = Object.keys(value).toSorted();
    return `{${keys.map((key) => `${ascii(JSON.stringify(key))}:${canonicalJson(value[key] ?? null)}`).join(",")}}`;
  }
  return ascii(JSON.stringify(value ?? null));
}

/** As Python writes text in JSON: nothing but ASCII. */
export function ascii(text: string): string {
  return text.replace(/[\u007f-\uffff]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
