import fc from "fast-check";
import { expect, test } from "vitest";
import type { Retrier } from "../../src/model/asl/definition.ts";
import { matchesError, retryDelaySeconds } from "../../src/model/asl/retry.ts";

const retrier: Retrier = {
  location: "",
  errorEquals: ["States.ALL"],
  intervalSeconds: 3,
  maxAttempts: 5,
  backoffRate: 2,
  jitterStrategy: "NONE",
};

test("pauses grow by the rate and no further than the longest", () => {
  const delays = (given: Partial<Retrier>): number[] =>
    [0, 1, 2, 3].map((retries) => retryDelaySeconds({ ...retrier, ...given }, retries, () => 0.5));
  expect(delays({})).toEqual([3, 6, 12, 24]);
  expect(delays({ maxDelaySeconds: 10 })).toEqual([3, 6, 10, 10]);
  expect(delays({ backoffRate: 1 })).toEqual([3, 3, 3, 3]);
  expect(delays({ jitterStrategy: "FULL" })).toEqual([1.5, 3, 6, 12]);
});

test("whatever the numbers, pauses never shrink and jitter only shortens them", () => {
  const given = fc.record({
    intervalSeconds: fc.integer({ min: 1, max: 99_999_999 }),
    backoffRate: fc.double({ min: 1, max: 10, noNaN: true }),
    maxDelaySeconds: fc.option(fc.integer({ min: 1, max: 31_622_400 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(given, fc.nat(100), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (numbers, retries, chance) => {
      const delay = retryDelaySeconds({ ...retrier, ...numbers }, retries, () => chance);
      const next = retryDelaySeconds({ ...retrier, ...numbers }, retries + 1, () => chance);
      expect(next).toBeGreaterThanOrEqual(delay);
      expect(delay).toBeLessThanOrEqual(numbers.maxDelaySeconds ?? Infinity);
      expect(delay).toBeGreaterThanOrEqual(Math.min(numbers.intervalSeconds, numbers.maxDelaySeconds ?? Infinity));
      const jittered = retryDelaySeconds({ ...retrier, ...numbers, jitterStrategy: "FULL" }, retries, () => chance);
      expect(jittered >= 0 && (jittered < delay || delay === 0 || delay === Infinity)).toBe(true);
    }),
  );
});

test.each<[readonly string[], string, boolean]>([
  [["States.ALL"], "Custom.Error", true],
  [["States.ALL"], "States.Timeout", true],
  [["States.ALL"], "States.DataLimitExceeded", true],
  [["States.ALL"], "States.Runtime", false],
  [["States.Runtime"], "States.Runtime", false],
  [["States.TaskFailed"], "Custom.Error", true],
  [["States.TaskFailed"], "States.Timeout", false],
  [["States.TaskFailed"], "States.HeartbeatTimeout", false],
  [["States.Timeout"], "States.HeartbeatTimeout", true],
  [["States.HeartbeatTimeout"], "States.Timeout", false],
  [["Other", "Custom.Error"], "Custom.Error", true],
  [["Custom"], "Custom.Error", false],
])("%j and %s: %s", (errorEquals, error, matches) => {
  expect(matchesError(errorEquals, error)).toBe(matches);
});
