// AWS's transform goes through resources in the order that a dictionary of Python 2.7 has. It shows where resources share something:
// the first makes what Globals leave to be made, the first or last gives a shared group or plan its properties.
import type { JsonObject } from "../../json.ts";
import { isSet, mapOf } from "./json.ts";

const implicitApis = ["ServerlessRestApi", "ServerlessHttpApi"];
const mask64 = 0xffff_ffff_ffff_ffffn;

/** Entries in the order in which they are transformed, before functions and the like are put first. `written`: IDs of the template. */
export function transformOrder(resources: JsonObject, written: readonly string[], globals: JsonObject): readonly string[] {
  const ids = Object.keys(resources);
  if (!isOrderSeen(resources, globals) || !hasPythonOrder(resources)) return ids;
  const keys = createKeys();
  for (const id of written) keys.add(id);
  for (const id of implicitApis) {
    keys.add(id);
    if (!Object.hasOwn(resources, id)) keys.remove(id);
  }
  for (const id of ids) keys.add(id);
  return keys.inOrder();
}

function isOrderSeen(resources: JsonObject, globals: JsonObject): boolean {
  if (isSet(mapOf(globals.Function).EventInvokeConfig)) return true;
  return Object.values(resources).some((resource) => {
    const { Auth: auth, Domain: domain } = mapOf(mapOf(resource).Properties);
    return isSet(mapOf(auth).UsagePlan) || isSet(mapOf(domain).Route53);
  });
}

/** Only templates with REST APIs, or HTTP APIs with a default authorizer, are treated that way. */
function hasPythonOrder(resources: JsonObject): boolean {
  return Object.values(resources).some((resource) => {
    const { Type: type, Properties: properties } = mapOf(resource);
    const { Auth: auth, Events: events } = mapOf(properties);
    if (type === "AWS::Serverless::Api") return true;
    if (type === "AWS::Serverless::HttpApi") return isSet(mapOf(auth).DefaultAuthorizer);
    return String(type).startsWith("AWS::Serverless::") && Object.values(mapOf(events)).some((event) => mapOf(event).Type === "Api");
  });
}

interface Keys {
  add(key: string): void;
  remove(key: string): void;
  inOrder(): readonly string[];
}

/** The table of https://github.com/python/cpython/blob/v2.7.18/Objects/dictobject.c: a removed key leaves `null`. */
function createKeys(): Keys {
  let slots = new Map<number, string | null>();
  let mask = 7;
  let size = 0;
  let fill = 0;

  function slotOf(key: string): number {
    let perturb = hashOf(key);
    let index = Number(perturb & BigInt(mask));
    let walker = BigInt(index);
    let free: number | undefined;
    for (;;) {
      const there = slots.get(index);
      if (there === undefined) return free ?? index;
      if (there === key) return index;
      if (there === null) free ??= index;
      walker = (walker * 5n + perturb + 1n) & mask64;
      index = Number(walker & BigInt(mask));
      perturb >>= 5n;
    }
  }

  function add(key: string): void {
    const slot = slotOf(key);
    const there = slots.get(slot);
    if (there === key) return;
    if (there === undefined) fill += 1;
    size += 1;
    slots.set(slot, key);
    if (fill * 3 >= (mask + 1) * 2) grow(size * (size > 50_000 ? 2 : 4));
  }

  function grow(wanted: number): void {
    const known = inOrder();
    mask = 8;
    while (mask <= wanted) mask *= 2;
    mask -= 1;
    slots = new Map();
    size = fill = 0;
    for (const key of known) add(key);
  }

  function inOrder(): readonly string[] {
    return [...slots]
      .toSorted(([a], [b]) => a - b)
      .map(([, key]) => key)
      .filter((key) => key !== null);
  }

  return {
    add,
    remove(key) {
      const slot = slotOf(key);
      if (slots.get(slot) !== key) return;
      slots.set(slot, null);
      size -= 1;
    },
    inOrder,
  };
}

function hashOf(text: string): bigint {
  if (text === "") return 0n;
  let hash = BigInt(text.charCodeAt(0)) << 7n;
  for (let at = 0; at < text.length; at += 1) hash = ((hash * 1_000_003n) & mask64) ^ BigInt(text.charCodeAt(at));
  return hash ^ BigInt(text.length);
}
