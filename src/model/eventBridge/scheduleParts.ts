// A schedule taken apart as people think of it, for a form, and put together again.

export type ScheduleUnit = "minutes" | "hours" | "days";

export type ScheduleParts =
  | { readonly type: "every"; readonly count: number; readonly unit: ScheduleUnit }
  /** At one time of the day; weekdays from 0, which is Sunday, and none for all. */
  | { readonly type: "daily"; readonly hour: number; readonly minute: number; readonly weekdays: readonly number[] }
  /** The six fields between the brackets. */
  | { readonly type: "cron"; readonly fields: string }
  /** EventBridge Scheduler alone: `2026-12-31T23:59:00` */
  | { readonly type: "once"; readonly moment: string };

const weekdayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** Of an expression; what is no schedule is shown as fields, so that it can be mended. */
export function partsOf(expression: string): ScheduleParts {
  const [, count = "", unit = ""] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (unit !== "") return { type: "every", count: Number(count), unit: `${unit}s` as ScheduleUnit };
  const [, moment] = /^at\(([^)]*)\)$/.exec(expression) ?? [];
  if (moment !== undefined) return { type: "once", moment };
  const fields = /^cron\((.*)\)$/.exec(expression)?.[1] ?? expression;
  return daily(fields) ?? { type: "cron", fields };
}

/** Only what the form can show whole: `0 12 * * ? *`, `30 9 ? * MON-FRI *`. */
function daily(fields: string): ScheduleParts | undefined {
  const [minute = "", hour = "", dayOfMonth, month, dayOfWeek = "", year] = fields.trim().toUpperCase().split(/\s+/);
  if (!/^\d{1,2}$/.test(minute) || !/^\d{1,2}$/.test(hour) || month !== "*" || year !== "*") return undefined;
  if (Number(minute) > 59 || Number(hour) > 23) return undefined;
  const at = { type: "daily", hour: Number(hour), minute: Number(minute) } as const;
  const isEveryDay = (dayOfMonth === "*" && dayOfWeek === "?") || (dayOfMonth === "?" && dayOfWeek === "*");
  if (isEveryDay) return { ...at, weekdays: [] };
  if (dayOfMonth !== "?") return undefined;
  const weekdays = dayOfWeek.split(",").flatMap(weekdaysIn);
  return weekdays.includes(-1) ? undefined : { ...at, weekdays: [...new Set(weekdays)].sort((a, b) => a - b) };
}

/** -1 among them: it is no day, or says more than which. */
function weekdaysIn(text: string): number[] {
  const [first = "", last = first] = text.split("-");
  const [from, to] = [weekdayNames.indexOf(first), weekdayNames.indexOf(last)];
  if (from < 0 || to < from) return [-1];
  return weekdayNames.flatMap((_, index) => (index >= from && index <= to ? [index] : []));
}

export function expressionOf(parts: ScheduleParts): string {
  switch (parts.type) {
    case "every":
      return `rate(${parts.count} ${parts.count === 1 ? parts.unit.slice(0, -1) : parts.unit})`;
    case "daily": {
      const days = parts.weekdays.map((day) => weekdayNames[day]).join(",");
      return days === "" ? `cron(${parts.minute} ${parts.hour} * * ? *)` : `cron(${parts.minute} ${parts.hour} ? * ${days} *)`;
    }
    case "cron":
      return `cron(${parts.fields.trim()})`;
    case "once":
      return `at(${parts.moment.trim()})`;
  }
}
