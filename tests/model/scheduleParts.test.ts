import { expect, it } from "vitest";
import { expressionOf, partsOf } from "../../src/model/eventBridge/scheduleParts.ts";
import { readSchedule } from "../../src/model/eventBridge/schedule.ts";

it.each([
  ["rate(1 minute)", { type: "every", count: 1, unit: "minutes" }],
  ["rate(12 hours)", { type: "every", count: 12, unit: "hours" }],
  ["cron(30 9 * * ? *)", { type: "daily", hour: 9, minute: 30, weekdays: [] }],
  ["cron(0 18 ? * MON,FRI *)", { type: "daily", hour: 18, minute: 0, weekdays: [1, 5] }],
  ["cron(0/15 8-18 ? * MON-FRI *)", { type: "cron", fields: "0/15 8-18 ? * MON-FRI *" }],
  ["cron(0 9 1 * ? *)", { type: "cron", fields: "0 9 1 * ? *" }],
  ["at(2026-12-31T23:59:00)", { type: "once", moment: "2026-12-31T23:59:00" }],
])("takes %s apart and puts it together again", (expression, parts) => {
  expect(partsOf(expression)).toEqual(parts);
  expect(expressionOf(partsOf(expression))).toBe(expression);
  expect(readSchedule(expression)).toBeDefined();
});

it("takes ranges of days as days, and the other way of writing every day", () => {
  expect(partsOf("cron(0 7 ? * MON-FRI *)")).toEqual({ type: "daily", hour: 7, minute: 0, weekdays: [1, 2, 3, 4, 5] });
  expect(partsOf("cron(0 7 ? * * *)")).toEqual({ type: "daily", hour: 7, minute: 0, weekdays: [] });
});

it("shows what no form can say, and what is no schedule, as fields", () => {
  for (const fields of ["0 9 ? * FRI-MON *", "0 9 ? * 2#1 *", "0 25 * * ? *", "0 9 ? * FRIDAY *"])
    expect(partsOf(`cron(${fields})`)).toEqual({ type: "cron", fields });
  expect(partsOf("every day")).toEqual({ type: "cron", fields: "every day" });
});
