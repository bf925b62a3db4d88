// Schedules as EventBridge writes them: rate(5 minutes), cron(0 12 * * ? *), at(2026-12-31T23:59:00).
// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
import { cronMoments, readCron, type Cron } from "./cron.ts";
import { momentOf } from "./timeZone.ts";

export type Schedule =
  | { readonly type: "rate"; readonly milliseconds: number }
  | { readonly type: "cron"; readonly cron: Cron }
  /** Local time, in milliseconds as if it were UTC. */
  | { readonly type: "at"; readonly local: number };

const unitMilliseconds: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Of rules; undefined: it is none. */
export function readRuleSchedule(text: string): Schedule | undefined {
  const [, value = "", unit = ""] = /^rate\((\d+) (minutes?|hours?|days?)\)$/.exec(text) ?? [];
  if (unit !== "") return (value === "1") === unit.endsWith("s") ? undefined : rate(value, unit);
  return cronIn(text);
}

/** Of EventBridge Scheduler, which also knows single moments. */
export function readSchedule(text: string): Schedule | undefined {
  const [, value = "", unit = ""] = /^rate\((\d+) (minutes?|hours?|days?)\)$/.exec(text) ?? [];
  if (unit !== "") return rate(value, unit);
  const [, moment] = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(text) ?? [];
  if (moment === undefined) return cronIn(text);
  const local = Date.parse(`${moment}Z`);
  // A day that the month does not have is moved on by Date.
  return Number.isNaN(local) || new Date(local).toISOString().slice(0, 19) !== moment ? undefined : { type: "at", local };
}

function rate(value: string, unit: string): Schedule | undefined {
  const milliseconds = Number(value) * (unitMilliseconds[unit.replace(/s$/, "")] ?? 0);
  return milliseconds > 0 && Number.isSafeInteger(milliseconds) ? { type: "rate", milliseconds } : undefined;
}

function cronIn(text: string): Schedule | undefined {
  const [, fields] = /^cron\((.+)\)$/.exec(text) ?? [];
  const cron = fields === undefined ? undefined : readCron(fields);
  return cron === undefined ? undefined : { type: "cron", cron };
}

export interface ScheduleFrame {
  /** A rate counts from here. */
  readonly from: number;
  readonly timeZone: string;
}

/** The first moment later than `after`; undefined: there is none any more. */
export function nextRun(schedule: Schedule, after: number, { from, timeZone }: ScheduleFrame): number | undefined {
  switch (schedule.type) {
    case "rate":
      if (after < from) return from;
      return from + (Math.floor((after - from) / schedule.milliseconds) + 1) * schedule.milliseconds;
    case "at": {
      const moment = momentOf(schedule.local, timeZone);
      return moment !== undefined && moment > after ? moment : undefined;
    }
    case "cron":
      for (const moment of cronMoments(schedule.cron, after, timeZone)) return moment;
      return undefined;
  }
}

export function nextRuns(schedule: Schedule, after: number, frame: ScheduleFrame, count: number): readonly number[] {
  const runs: number[] = [];
  for (let run = nextRun(schedule, after, frame); run !== undefined && runs.length < count; run = nextRun(schedule, run, frame))
    runs.push(run);
  return runs;
}
