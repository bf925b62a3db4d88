import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import type { KeptResource } from "./stack.ts";

/** Same value, whatever the order of members. */
export function isSameJson(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, index) => isSameJson(item, other[index]));
  if (!isJsonObject(one) || !isJsonObject(other)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => key in other && isSameJson(one[key], other[key]));
}

/** Top-level properties that differ. */
export function changedProperties(before: JsonObject, after: JsonObject): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isSameJson(before[name], after[name]));
}

/** The same resource with the endpoint's address exchanged: after a restart on another port, URLs among ids and properties are the new ones. */
export function withEndpoint(resource: KeptResource, from: string, to: string): KeptResource {
  if (from === to) return resource;
  return JSON.parse(JSON.stringify(resource).replaceAll(from, to)) as KeptResource;
}
