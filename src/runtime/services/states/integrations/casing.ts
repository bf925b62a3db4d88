// Step Functions writes members as the SDK for Java does: with a capital, whatever the API's own spelling. The schemas tell
// members, which change, from the caller's own keys, which stay.
import type { NormalizedSchema } from "@smithy/core/schema";
import { ExactNumber } from "../../../../model/asl/number.ts";
import { isArrayValue, isObjectValue, type Value } from "../../../../model/asl/value.ts";

/** Input of an operation, as its API names the members. */
export function toApi(schema: NormalizedSchema | undefined, value: Value | undefined): unknown {
  if (value instanceof ExactNumber) return value.valueOf();
  if (isArrayValue(value)) {
    const item = schema?.isListSchema() === true ? schema.getValueSchema() : undefined;
    return value.map((each) => toApi(item, each));
  }
  if (isObjectValue(value)) {
    const memberOf = membersOf(schema);
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => {
        const [name, member] = memberOf(key);
        return [name, toApi(member, each)];
      }),
    );
  }
  if (typeof value === "string" && schema?.isBlobSchema() === true) return Buffer.from(value);
  if (typeof value === "string" && schema?.isTimestampSchema() === true) return new Date(value);
  return value;
}

type MemberOf = (key: string) => readonly [name: string, schema: NormalizedSchema | undefined];

function membersOf(schema: NormalizedSchema | undefined): MemberOf {
  if (schema?.isStructSchema() === true) {
    const members = new Map<string, readonly [string, NormalizedSchema]>();
    for (const [name, member] of schema.structIterator()) {
      members.set(upper(name), [name, member]);
      members.set(name, [name, member]);
    }
    return (key) => members.get(key) ?? [key, undefined];
  }
  const each = schema?.isMapSchema() === true ? schema.getValueSchema() : undefined;
  return (key) => [key, each];
}

/** An operation's answer as the Task's result. Moments are texts for the SDK's integrations, milliseconds for the optimised. */
export function fromApi(schema: NormalizedSchema | undefined, output: unknown, form: "optimised" | "sdk"): Value {
  return result(schema, output, form) ?? {};
}

function result(schema: NormalizedSchema | undefined, value: unknown, form: "optimised" | "sdk"): Value | undefined {
  if (value === undefined || typeof value === "function" || typeof value === "symbol") return undefined;
  if (value === null || typeof value === "string" || typeof value === "boolean" || typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Date) return form === "sdk" ? value.toISOString() : value.getTime();
  if (value instanceof Uint8Array) return Buffer.from(value).toString("utf8");
  if (value instanceof Set) return result(schema, [...value], form);
  if (Array.isArray(value)) {
    const item = schema?.isListSchema() === true ? schema.getValueSchema() : undefined;
    return value.map((each) => result(item, each, form) ?? null);
  }
  const isStructure = schema?.isStructSchema() === true;
  const memberOf = membersOf(schema);
  const members: Record<string, Value> = {};
  for (const [key, each] of Object.entries(value as Record<string, unknown>)) {
    if (key === "$metadata") continue;
    const converted = result(memberOf(key)[1], each, form);
    if (converted !== undefined) members[isStructure ? upper(key) : key] = converted;
  }
  return members;
}

function upper(key: string): string {
  return `${key.charAt(0).toUpperCase()}${key.slice(1)}`;
}
