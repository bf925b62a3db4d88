// A subscription's filter policy: read once, when it is given. https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
import { isJsonObject } from "../../../../model/json.ts";
import type { Json, JsonObject } from "../../../../model/json.ts";
import { snsLimits as limits } from "../../../../model/limits/sns.ts";
import { invalidParameter } from "../errors.ts";
import { jsonProblem } from "../parseJson.ts";
import { readCondition } from "./conditions.ts";
import type { Condition } from "./conditions.ts";

export interface FilterPolicy {
  readonly scope: "MessageAttributes" | "MessageBody";
  readonly rule: Rule;
}

/** All of its keys, and of each list of alternatives one. */
export interface Rule {
  readonly keys: readonly { readonly path: string; readonly conditions: readonly Condition[] }[];
  readonly alternatives: readonly (readonly Rule[])[];
}

/** undefined: none, so that every message passes. `prefix` stands in front of what is wrong. */
export function readFilterPolicy(text: string | undefined, scope: FilterPolicy["scope"], prefix: string): FilterPolicy | undefined {
  if (text === undefined || text === "") return undefined;
  const policy = parse(text, prefix);
  if (Buffer.byteLength(text) > limits.filterBytes.value) throw refused(prefix, "Filter policy is too large");
  const keys = Object.keys(policy);
  if (keys.length === 0) return undefined;
  if (keys.length > limits.filterKeys.value) throw refused(prefix, `Filter policy can not have more than ${limits.filterKeys.value} keys`);
  const reading: Reading = { scope, prefix };
  const { rule, combinations } = readRule(policy, "", 1, 1, reading);
  if (combinations > limits.filterCombinations.value) throw refused(prefix, "Filter policy is too complex");
  return { scope, rule };
}

interface Reading {
  readonly scope: FilterPolicy["scope"];
  readonly prefix: string;
}

/** Combinations multiply, each key's values by its depth, as AWS counts them. */
function readRule(
  given: JsonObject,
  parent: string,
  depth: number,
  before: number,
  reading: Reading,
): { rule: Rule; combinations: number } {
  const keys: Rule["keys"][number][] = [];
  const alternatives: (readonly Rule[])[] = [];
  let combinations = before;
  for (const [key, value] of Object.entries(given)) {
    const path = parent === "" ? key : `${parent}.${key}`;
    if (Array.isArray(value)) {
      if (value.length === 0) throw refused(reading.prefix, "Empty arrays are not allowed");
      const given = alternativesIn(key, value);
      if (given !== undefined) {
        const read = given.map((one) => readRule(one, parent, depth, combinations, reading));
        alternatives.push(read.map(({ rule }) => rule));
        combinations = read.reduce((sum, one) => sum + one.combinations, 0);
      } else {
        keys.push({ path, conditions: value.map((one) => readCondition(one, reading.prefix)) });
        combinations *= value.length * depth;
      }
    } else if (isJsonObject(value)) {
      if (reading.scope === "MessageAttributes")
        throw invalidParameter(`${reading.prefix}Filter policy scope MessageAttributes does not support nested filter policy`);
      const inner = readRule(value, path, depth + 1, combinations, reading);
      keys.push(...inner.rule.keys);
      alternatives.push(...inner.rule.alternatives);
      combinations = inner.combinations;
    } else {
      throw refused(reading.prefix, `"${key}" must be an object or an array`);
    }
  }
  return { rule: { keys, alternatives }, combinations };
}

/** `$or` with one entry, or with values, is a key like any other. */
function alternativesIn(key: string, value: readonly Json[]): readonly JsonObject[] | undefined {
  const rules = value.filter((one) => isJsonObject(one));
  return key === "$or" && rules.length > 1 && rules.length === value.length ? rules : undefined;
}

function parse(text: string, prefix: string): JsonObject {
  try {
    const policy: unknown = JSON.parse(text);
    if (isJsonObject(policy)) return policy;
  } catch {
    // said below
  }
  throw refused(prefix, jsonProblem(text));
}

function refused(prefix: string, problem: string): Error {
  return invalidParameter(`${prefix}FilterPolicy: ${problem}`);
}
