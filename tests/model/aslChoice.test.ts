import { expect, test } from "vitest";
import type { ChoiceOperator, Condition } from "../../src/model/asl/definition.ts";
import { testCondition } from "../../src/model/asl/expressions.ts";
import { parseTimestamp } from "../../src/model/asl/timestamp.ts";
import { aslScope } from "../support/aslScope.ts";

function compare(operator: ChoiceOperator, value: string | number | boolean, variable = "$.v"): Condition {
  return { type: "compare", variable, operator, operand: { type: "literal", value } };
}

test.each<[ChoiceOperator, string | number | boolean, string, boolean]>([
  ["NumericEquals", 0, "0.0", true],
  ["NumericEquals", 0, '"0"', false],
  ["NumericGreaterThanEquals", 1, "1.0", true],
  ["NumericLessThan", 10_000_000_000, "1e9", true],
  ["StringLessThan", "AB", '"A"', true],
  ["StringEquals", "true", "true", false],
  ["StringMatches", "log-*.txt", '"log-1.txt"', true],
  ["StringMatches", "log-*.txt", '"log-.txt.gz"', false],
  ["StringMatches", "*a*b*", '"xxayybzz"', true],
  ["StringMatches", "*ab", '"ab"', true],
  ["StringMatches", "a*a", '"a"', false],
  ["StringMatches", "a\\*b", '"a*b"', true],
  ["StringMatches", "a\\*b", '"axb"', false],
  ["BooleanEquals", false, "false", true],
  ["BooleanEquals", false, "null", false],
  ["TimestampEquals", "2012-10-09T19:00:55Z", '"2012-10-09T20:00:55+01:00"', true],
  ["TimestampLessThan", "2012-10-09T19:00:55.000000002Z", '"2012-10-09T19:00:55.000000001Z"', true],
  ["TimestampGreaterThan", "2012-10-09T19:00:55Z", '"2012-10-09"', false],
  ["IsNull", true, "null", true],
  ["IsNumeric", true, "0.0", true],
  ["IsString", false, "1", true],
  ["IsTimestamp", true, '"2012-10-09T19:00:55"', false],
  ["IsTimestamp", true, '"2012-10-09T19:00:55.123+01:00"', true],
  ["IsPresent", true, "null", true],
])("%s %j of %s is %s", (operator, operand, value, holds) => {
  expect(testCondition(compare(operator, operand), aslScope(`{"v":${value}}`))).toBe(holds);
});

test("a path that leads nowhere fails, but for IsPresent", () => {
  const scope = aslScope('{"v":1}');
  const missing = "Invalid path '$.w': The choice state's condition path references an invalid value.";
  expect(testCondition(compare("IsPresent", false, "$.w"), scope)).toBe(true);
  expect(() => testCondition(compare("IsNull", true, "$.w"), scope)).toThrow(missing);
  const byPath: Condition = { type: "compare", variable: "$.v", operator: "NumericEquals", operand: { type: "path", path: "$.w" } };
  expect(() => testCondition(byPath, scope)).toThrow(missing);
});

test("rules are joined, and evaluated no further than needed", () => {
  const scope = aslScope('{"v":1}', { variables: { limit: 5 } });
  const wrong = compare("IsNull", true, "$.w");
  const isOne = compare("NumericEquals", 1);
  expect(testCondition({ type: "or", conditions: [isOne, wrong] }, scope)).toBe(true);
  expect(testCondition({ type: "and", conditions: [{ type: "not", condition: isOne }, wrong] }, scope)).toBe(false);
  expect(
    testCondition({ type: "compare", variable: "$.v", operator: "NumericLessThan", operand: { type: "path", path: "$limit" } }, scope),
  ).toBe(true);
});

test.each([
  ["2016-03-14T01:59:00Z", Date.UTC(2016, 2, 14, 1, 59)],
  ["2016-03-14T01:59:00.5-02:30", Date.UTC(2016, 2, 14, 4, 29) + 500],
  ["2016-02-30T01:59:00Z", undefined],
  ["2016-03-14T25:59:00Z", undefined],
  ["2016-03-14 01:59:00Z", undefined],
  ["2016-03-14T01:59Z", undefined],
])("%s is the moment %s", (text, time) => {
  expect(parseTimestamp(text)).toBe(time);
});
