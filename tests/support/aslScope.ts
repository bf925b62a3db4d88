import { createHash } from "node:crypto";
import type { Scope } from "../../src/model/asl/scope.ts";
import { readValue, type Value } from "../../src/model/asl/value.ts";

/** What an expression sees, with chance and time that are always the same; `input` and `context` are JSON text. */
export function aslScope(
  input = "{}",
  given: { context?: string; variables?: Record<string, Value>; result?: string; errorOutput?: string } = {},
): Scope {
  let draws = 0;
  return {
    input: readValue(input),
    context: readValue(given.context ?? '{"State":{"Name":"Here"}}'),
    variables: { own: new Map(Object.entries(given.variables ?? {})) },
    ...(given.result !== undefined && { result: readValue(given.result) }),
    ...(given.errorOutput !== undefined && { errorOutput: readValue(given.errorOutput) }),
    sources: {
      uuid: () => `00000000-0000-4000-8000-${String((draws += 1)).padStart(12, "0")}`,
      random: () => ((draws += 1) * 0.137) % 1,
      now: () => Date.UTC(2026, 0, 2, 3, 4, 5),
      digest: (algorithm, text) => createHash(algorithm.toLowerCase().replace("-", "")).update(text).digest("hex"),
      elapsed: () => performance.now(),
      pause: () => new Promise((resolve) => setImmediate(resolve)),
    },
  };
}
