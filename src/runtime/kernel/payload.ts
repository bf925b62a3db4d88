import { isUtf8 } from "node:buffer";
import { isJsonObject, type Json } from "../../model/json.ts";

/** Payloads in traces are cut here; AWS's own largest synchronous payload is 6 MB, and nobody reads that in a timeline. */
export const maxPayloadBytes = 256 * 1024;
const truncatedStartCharacters = 4096;
const maxDepth = 60;

/**
 * A payload as JSON for the trace: bytes become text when they are UTF-8, else `{"$bytes": base64}`; what is too large
 * becomes `{"$truncated": bytes, "$start": "…"}`. Returns the value itself where nothing must change: the common case
 * costs a walk and no copies.
 */
export function toJson(value: unknown): Json {
  const size = { left: maxPayloadBytes };
  const json = convert(value, size, 0);
  return size.left >= 0 ? json : truncated(value);
}

/** The JSON that a person edited at a breakpoint, back in the shape of the original: bytes and dates where those stood. */
export function fromJson(edited: Json, original: unknown): unknown {
  if (original instanceof Uint8Array) {
    if (typeof edited === "string") return Buffer.from(edited, "utf8");
    if (isJsonObject(edited) && typeof edited["$bytes"] === "string") return Buffer.from(edited["$bytes"], "base64");
    return edited;
  }
  if (original instanceof Date && typeof edited === "string") return new Date(edited);
  if (Array.isArray(edited)) {
    const originals: readonly unknown[] = Array.isArray(original) ? original : [];
    return edited.map((item, index) => fromJson(item, originals[index] ?? originals[0]));
  }
  if (isJsonObject(edited)) {
    if (typeof edited["$bytes"] === "string" && Object.keys(edited).length === 1) return Buffer.from(edited["$bytes"], "base64");
    const fields = isFields(original) ? original : {};
    return Object.fromEntries(Object.entries(edited).map(([key, item]) => [key, fromJson(item, fields[key])]));
  }
  return edited;
}

interface Size {
  left: number;
}

function convert(value: unknown, size: Size, depth: number): Json {
  if (size.left < 0) return null;
  switch (typeof value) {
    case "string":
      size.left -= value.length + 2;
      return value;
    case "number":
      size.left -= 8;
      return Number.isFinite(value) ? value : String(value);
    case "boolean":
      size.left -= 5;
      return value;
    case "bigint":
      size.left -= 8;
      return value.toString();
    case "object":
      return value === null ? null : convertObject(value, size, depth);
    default:
      return null;
  }
}

function convertObject(value: object, size: Size, depth: number): Json {
  if (depth > maxDepth) return "…";
  if (Array.isArray(value)) return convertArray(value, size, depth);
  if (value instanceof Uint8Array) return convertBytes(value, size);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Set || value instanceof Map) return convertArray([...value], size, depth);
  if (value instanceof Error) return { name: value.name, message: value.message };
  const prototype: unknown = Object.getPrototypeOf(value);
  // Exact numbers of state machines: JavaScript's nearest.
  if (prototype !== Object.prototype && prototype !== null && typeof value.valueOf() === "number")
    return convert(value.valueOf(), size, depth);
  if (prototype !== Object.prototype && prototype !== null && Symbol.asyncIterator in value) return { $stream: true };
  return convertFields(value, size, depth);
}

function convertArray(items: readonly unknown[], size: Size, depth: number): Json {
  size.left -= 2;
  let copy: Json[] | undefined;
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    const json = convert(item, size, depth + 1);
    if (json !== item && copy === undefined) copy = items.slice(0, index) as Json[];
    copy?.push(json);
    size.left -= 1;
    if (size.left < 0) return null;
  }
  return copy ?? (items as Json[]);
}

function convertFields(fields: object, size: Size, depth: number): Json {
  size.left -= 2;
  let copy: Record<string, Json> | undefined;
  for (const key in fields) {
    const item: unknown = Reflect.get(fields, key);
    if (item === undefined || typeof item === "function") continue;
    const json = convert(item, size, depth + 1);
    if (json !== item) {
      copy ??= {};
      copy[key] = json;
    }
    size.left -= key.length + 4;
    if (size.left < 0) return null;
  }
  // Absent members and functions stay behind: JSON.stringify leaves them out.
  return copy === undefined ? (fields as Json) : ({ ...fields, ...copy } as Json);
}

function convertBytes(bytes: Uint8Array, size: Size): Json {
  size.left -= bytes.byteLength;
  if (size.left < 0) return null;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isUtf8(buffer) ? buffer.toString("utf8") : { $bytes: buffer.toString("base64") };
}

function truncated(value: unknown): Json {
  const measure = { bytes: 0, start: "" };
  collect(value, measure, 0);
  return { $truncated: measure.bytes, $start: measure.start };
}

/** Adds up the size without building the whole text, keeping its beginning to show. */
function collect(value: unknown, measure: { bytes: number; start: string }, depth: number): void {
  const add = (text: string): void => {
    measure.bytes += text.length;
    if (measure.start.length < truncatedStartCharacters) measure.start += text.slice(0, truncatedStartCharacters - measure.start.length);
  };
  if (value instanceof Uint8Array) {
    const start = Buffer.from(value.buffer, value.byteOffset, Math.min(value.byteLength, truncatedStartCharacters));
    add(JSON.stringify(start.toString("utf8")));
    measure.bytes += Math.max(0, value.byteLength - start.byteLength);
  } else if (typeof value === "string") {
    add(JSON.stringify(value.slice(0, truncatedStartCharacters)));
    measure.bytes += Math.max(0, value.length - truncatedStartCharacters);
  } else if (Array.isArray(value)) {
    add("[");
    for (const [index, item] of value.entries()) {
      if (index > 0) add(",");
      collect(item, measure, depth + 1);
    }
    add("]");
  } else if (isFields(value) && depth <= maxDepth) {
    add("{");
    let isFirst = true;
    for (const [key, item] of Object.entries(value)) {
      if (item === undefined || typeof item === "function") continue;
      add(`${isFirst ? "" : ","}${JSON.stringify(key)}:`);
      isFirst = false;
      collect(item, measure, depth + 1);
    }
    add("}");
  } else {
    add(String(value));
  }
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
