// Step Functions writes members as the SDK for Java does: with a capital. Some APIs write them small.
import { ExactNumber } from "../../../../model/asl/number.ts";
import { isArrayValue, isObjectValue, type Value } from "../../../../model/asl/value.ts";

/** Services of which the API's members begin with a small letter. */
const smallServices: ReadonlySet<string> = new Set(["states", "logs"]);

/** Members that hold the caller's own keys: those stay as they are. */
const mapMembers: ReadonlySet<string> = new Set(["tags", "Tags", "attributes"]);

/** Input of an operation, as its API names the members. */
export function toApi(service: string, value: Value): unknown {
  return input(value, smallServices.has(service), false);
}

function input(value: Value | undefined, isSmall: boolean, isOwn: boolean): unknown {
  if (value instanceof ExactNumber) return Number(value.text);
  if (isArrayValue(value)) return value.map((item) => input(item, isSmall, false));
  if (!isObjectValue(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      isSmall && !isOwn ? lower(key) : key,
      input(member, isSmall, mapMembers.has(lower(key))),
    ]),
  );
}

/** An operation's answer as the Task's result. Moments are texts for the SDK's integrations, milliseconds for the optimised. */
export function fromApi(service: string, output: unknown, form: "optimised" | "sdk"): Value {
  return result(output, smallServices.has(service), form, false) ?? {};
}

function result(value: unknown, isSmall: boolean, form: "optimised" | "sdk", isOwn: boolean): Value | undefined {
  if (value === undefined || typeof value === "function" || typeof value === "symbol") return undefined;
  if (value === null || typeof value === "string" || typeof value === "boolean" || typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Date) return form === "sdk" ? value.toISOString() : value.getTime();
  if (value instanceof Uint8Array) return Buffer.from(value).toString("utf8");
  if (value instanceof Set) return result([...value], isSmall, form, false);
  if (Array.isArray(value)) return value.map((item) => result(item, isSmall, form, false) ?? null);
  const members: Record<string, Value> = {};
  for (const [key, member] of Object.entries(value as Record<string, unknown>)) {
    if (key === "$metadata" || key === "cause") continue;
    const converted = result(member, isSmall, form, mapMembers.has(key));
    if (converted !== undefined) members[isSmall && !isOwn ? upper(key) : key] = converted;
  }
  return members;
}

function lower(key: string): string {
  return `${key.charAt(0).toLowerCase()}${key.slice(1)}`;
}

function upper(key: string): string {
  return `${key.charAt(0).toUpperCase()}${key.slice(1)}`;
}
