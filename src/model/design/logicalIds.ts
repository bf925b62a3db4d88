import type { JsonObject } from "../json.ts";
import { sectionOf } from "./known.ts";
import { words, type Words } from "../words.ts";

/** Why an ID cannot be given to a new resource of this template; undefined: it can. */
export function whyNotLogicalId(template: JsonObject, id: string): Words | undefined {
  if (id === "") return words("A resource needs a logical ID.");
  if (!/^[A-Za-z0-9]{1,255}$/.test(id)) return words('"{{id}}" cannot be a logical ID: only letters and digits, at most 255.', { id });
  if (Object.hasOwn(sectionOf(template, "Resources"), id)) return words("There is a resource {{id}} already.", { id });
  if (Object.hasOwn(sectionOf(template, "Parameters"), id))
    return words("There is a parameter {{id}} already, and both share one space of names.", { id });
  return undefined;
}

/** The prefix itself if free, else with the next number: `Queue`, `Queue2`. */
export function freeLogicalId(template: JsonObject, prefix: string): string {
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? prefix : `${prefix}${number}`;
    if (whyNotLogicalId(template, id) === undefined) return id;
  }
}

/** `OrderQueue` → `ORDER_QUEUE`, `DLQ2` → `DLQ2` */
export function environmentName(id: string): string {
  return wordsOf(id).join("_").toUpperCase();
}

/** `OrderQueue` → `order-queue` */
export function pathName(id: string): string {
  return wordsOf(id).join("-").toLowerCase();
}

/** `CreateOrder` → `createOrder`, `APIHandler` → `apiHandler` */
export function fileName(id: string): string {
  const [first = "", ...rest] = wordsOf(id);
  return first.toLowerCase() + rest.join("");
}

/** `GET /orders/{id}` → `GetOrdersId` */
export function routeName(method: string, path: string): string {
  const words = [method.toLowerCase(), ...path.split(/[^A-Za-z0-9]+/)].filter((word) => word !== "");
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

function wordsOf(id: string): string[] {
  return id.match(/[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+/g) ?? [id];
}
