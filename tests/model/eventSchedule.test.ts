import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { nextRun, nextRuns, readRuleSchedule, readSchedule } from "../../src/model/eventBridge/schedule.ts";
import { isTimeZone } from "../../src/model/eventBridge/timeZone.ts";

const start = Date.UTC(2026, 2, 27);

function runs(expression: string, timeZone = "UTC", after = start, count = 3): string[] {
  const schedule = readSchedule(expression);
  if (schedule === undefined) throw new Error(`${expression} is no schedule.`);
  return nextRuns(schedule, after, { from: start, timeZone }, count).map((moment) => new Date(moment).toISOString().slice(0, 16));
}

describe("runs of", () => {
  it.each([
    ["rate(5 minutes)", ["2026-03-27T00:05", "2026-03-27T00:10", "2026-03-27T00:15"]],
    ["cron(15 10 * * ? *)", ["2026-03-27T10:15", "2026-03-28T10:15", "2026-03-29T10:15"]],
    ["cron(0 18 ? * MON-FRI *)", ["2026-03-27T18:00", "2026-03-30T18:00", "2026-03-31T18:00"]],
    ["cron(0 8 1 * ? *)", ["2026-04-01T08:00", "2026-05-01T08:00", "2026-06-01T08:00"]],
    ["cron(0/10 22 ? * FRI *)", ["2026-03-27T22:00", "2026-03-27T22:10", "2026-03-27T22:20"]],
    ["cron(0 9 ? * 2#1 *)", ["2026-04-06T09:00", "2026-05-04T09:00", "2026-06-01T09:00"]],
    ["cron(0 0 L * ? *)", ["2026-03-31T00:00", "2026-04-30T00:00", "2026-05-31T00:00"]],
    ["cron(0 0 ? * 6L *)", ["2026-04-24T00:00", "2026-05-29T00:00", "2026-06-26T00:00"]],
    ["cron(0 0 15W * ? *)", ["2026-04-15T00:00", "2026-05-15T00:00", "2026-06-15T00:00"]],
    ["cron(0 0 1W 8 ? *)", ["2026-08-03T00:00", "2027-08-02T00:00", "2028-08-01T00:00"]],
    ["cron(0 0 29 2 ? *)", ["2028-02-29T00:00", "2032-02-29T00:00", "2036-02-29T00:00"]],
    ["cron(0 0 1 1 ? 2027,2030)", ["2027-01-01T00:00", "2030-01-01T00:00"]],
    ["cron(0 22-1 1 1 ? *)", ["2027-01-01T00:00", "2027-01-01T01:00", "2027-01-01T22:00"]],
    ["at(2026-04-01T12:30:00)", ["2026-04-01T12:30"]],
    ["at(2026-01-01T00:00:00)", []],
  ])("%s", (expression, expected) => {
    expect(runs(expression)).toEqual(expected);
  });

  it("a zone's cron keep local time, skip what clocks skip, and do not repeat what they show twice", () => {
    expect(runs("cron(30 2 * * ? *)", "Europe/Berlin", Date.UTC(2026, 2, 28))).toEqual([
      "2026-03-28T01:30",
      "2026-03-30T00:30",
      "2026-03-31T00:30",
    ]);
    expect(runs("cron(30 2 * * ? *)", "Europe/Berlin", Date.UTC(2026, 9, 24))).toEqual([
      "2026-10-24T00:30",
      "2026-10-25T00:30",
      "2026-10-26T01:30",
    ]);
    expect(runs("cron(0/30 1 * * ? *)", "America/New_York", Date.UTC(2026, 10, 1, 4), 3)).toEqual([
      "2026-11-01T05:00",
      "2026-11-01T05:30",
      "2026-11-02T06:00",
    ]);
    expect(runs("at(2026-07-01T12:00:00)", "Asia/Kolkata")).toEqual(["2026-07-01T06:30"]);
  });
});

it("knows the zones of IANA's list", () => {
  expect(["Europe/Berlin", "UTC", "Mars/Olympus"].map(isTimeZone)).toEqual([true, true, false]);
});

describe("AWS takes no", () => {
  it.each([
    "rate(1 minutes)",
    "rate(5 minute)",
    "rate(0 minutes)",
    "rate(5 seconds)",
    "rate(-1 day)",
    "cron(0 12 * * *)",
    "cron(0 12 * * * *)",
    "cron(0 12 ? * ? *)",
    "cron(60 12 * * ? *)",
    "cron(0 24 * * ? *)",
    "cron(0 12 32 * ? *)",
    "cron(0 12 * 13 ? *)",
    "cron(0 12 ? * 8 *)",
    "cron(0 12 * * ? 1969)",
    "at(2026-01-01T00:00:00)",
    "every day",
    "",
  ])("%s as a rule's schedule", (text) => {
    expect(readRuleSchedule(text)).toBeUndefined();
  });

  it.each(["at(2026-02-30T00:00:00)", "at(2026-02-28)", "rate(five minutes)"])("%s as a schedule", (text) => {
    expect(readSchedule(text)).toBeUndefined();
  });
});

test("each run is later than the one before, and none lies between", () => {
  const minute = fc.integer({ min: 0, max: 59 });
  const hour = fc.integer({ min: 0, max: 23 });
  fc.assert(
    fc.property(
      minute,
      hour,
      fc.constantFrom("UTC", "Europe/London", "Australia/Lord_Howe"),
      fc.integer({ min: 0, max: 3 * 365 * 86_400 }),
      (m, h, timeZone, seconds) => {
        const schedule = readSchedule(`cron(${m} ${h} * * ? *)`);
        const after = start + seconds * 1_000;
        const first = schedule && nextRun(schedule, after, { from: start, timeZone });
        expect(first).toBeGreaterThan(after);
        // at most a day and what clocks move, or two where the run of a day is skipped
        expect((first ?? 0) - after).toBeLessThanOrEqual(2 * 86_400_000 + 3_600_000);
        expect(schedule && nextRun(schedule, (first ?? 0) - 1, { from: start, timeZone })).toBe(first);
      },
    ),
    { numRuns: 50 },
  );
});
