import type { Json, JsonObject } from "../../../model/json.ts";
import type { AttributeValue, Item } from "./attributeValue.ts";
import { base64, setMember } from "./attributeValue.ts";

// An item as text in the database, and as plain JSON in effects and views.

/** The wire's JSON, binary in base64. Buffers write themselves otherwise, hence the replacer where there is one. */
export function writeItem(item: Item): string {
  return JSON.stringify(hasBinary({ M: item }) ? withBase64({ M: item }) : { M: item });
}

/** What writeItem wrote; binary values are bytes again. */
export function parseItem(text: string): Item {
  const { M } = JSON.parse(text) as { M: Item };
  // A string cannot hold this unescaped, so the search is exact enough to skip the walk for nearly all items.
  return text.includes('"B":"') || text.includes('"BS":[') ? (reviveMap(M) as Item) : M;
}

function hasBinary(value: AttributeValue): boolean {
  if ("B" in value || "BS" in value) return true;
  if ("L" in value) return value.L.some(hasBinary);
  if ("M" in value) {
    for (const name in value.M) {
      const member = value.M[name];
      if (member !== undefined && hasBinary(member)) return true;
    }
  }
  return false;
}

function withBase64(value: AttributeValue): Json {
  if ("B" in value) return { B: base64(value.B) };
  if ("BS" in value) return { BS: value.BS.map(base64) };
  if ("L" in value) return { L: value.L.map(withBase64) };
  if ("M" in value) return { M: Object.fromEntries(Object.entries(value.M).map(([name, member]) => [name, withBase64(member)])) };
  return value as Json;
}

interface Stored {
  readonly B?: string;
  readonly BS?: readonly string[];
  readonly L?: readonly Stored[];
  readonly M?: { readonly [name: string]: Stored };
}

function revive(value: Stored): unknown {
  if (value.B !== undefined) return { B: Buffer.from(value.B, "base64") };
  if (value.BS !== undefined) return { BS: value.BS.map((element) => Buffer.from(element, "base64")) };
  if (value.L !== undefined) return { L: value.L.map(revive) };
  if (value.M !== undefined) return { M: reviveMap(value.M) };
  return value;
}

function reviveMap(map: unknown): unknown {
  return Object.fromEntries(Object.entries(map as Record<string, Stored>).map(([name, value]) => [name, revive(value)]));
}

/** As people read it: `{"id": "a", "total": 12.5}`. Numbers beyond a double's precision stay text, bytes are `{"$bytes": base64}`. */
export function plainItem(item: Item): JsonObject {
  const plain: JsonObject = {};
  for (const name in item) {
    const value = item[name];
    if (value !== undefined) setMember(plain, name, plainValue(value));
  }
  return plain;
}

export function plainValue(value: AttributeValue): Json {
  if ("S" in value) return value.S;
  if ("N" in value) return plainNumber(value.N);
  if ("BOOL" in value) return value.BOOL;
  if ("NULL" in value) return null;
  if ("M" in value) return plainItem(value.M);
  if ("L" in value) return value.L.map(plainValue);
  if ("SS" in value) return [...value.SS];
  if ("NS" in value) return value.NS.map(plainNumber);
  if ("BS" in value) return value.BS.map((bytes) => ({ $bytes: base64(bytes) }));
  return { $bytes: base64(value.B) };
}

function plainNumber(text: string): Json {
  const number = Number(text);
  return String(number) === text ? number : text;
}
