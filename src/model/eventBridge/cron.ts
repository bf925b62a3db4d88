// AWS's cron: minutes, hours, day of month, month, day of week, year.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html#eb-cron-expressions
import { localTime, momentOf } from "./timeZone.ts";

export interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly months: ReadonlySet<number>;
  readonly years: ReadonlySet<number>;
  readonly day: DayRule;
}

interface CalendarDay {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly day: number;
}

type DayRule = (day: CalendarDay) => boolean;

const monthNames = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const weekdayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const firstYear = 1970;
const lastYear = 2199;
const dayMilliseconds = 86_400_000;

/** undefined: it is none that AWS takes. */
export function readCron(text: string): Cron | undefined {
  const fields = text.trim().toUpperCase().split(/\s+/);
  const [minute = "", hour = "", dayOfMonth = "", month = "", dayOfWeek = "", year = ""] = fields;
  if (fields.length !== 6 || (dayOfMonth === "?") === (dayOfWeek === "?")) return undefined;
  const minutes = readList(minute, 0, 59);
  const hours = readList(hour, 0, 23);
  const months = readList(month, 1, 12, monthNames);
  const years = readList(year, firstYear, lastYear);
  const day = dayOfWeek === "?" ? readDayOfMonth(dayOfMonth) : readDayOfWeek(dayOfWeek);
  if (minutes === undefined || hours === undefined || months === undefined || years === undefined || day === undefined) return undefined;
  return { minutes, hours, months: new Set(months), years: new Set(years), day };
}

/** Moments later than `after`, on and on. Times that the clocks skip are skipped; those that they show twice count once. */
export function* cronMoments(cron: Cron, after: number, timeZone: string): Generator<number> {
  const start = localTime(after, timeZone);
  for (let date = Math.floor(start / dayMilliseconds) * dayMilliseconds; ; date += dayMilliseconds) {
    const at = new Date(date);
    const day: CalendarDay = { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() };
    if (day.year > lastYear) return;
    if (!cron.years.has(day.year)) {
      date = Date.UTC(day.year + 1, 0, 1) - dayMilliseconds;
      continue;
    }
    if (!cron.months.has(day.month) || !cron.day(day)) continue;
    for (const hour of cron.hours) {
      if (date + (hour + 1) * 3_600_000 <= start) continue;
      for (const minute of cron.minutes) {
        const moment = momentOf(date + hour * 3_600_000 + minute * 60_000, timeZone);
        if (moment !== undefined && moment > after) yield moment;
      }
    }
  }
}

/** `*`, `5`, `MON-FRI`, `0/15`, `1-10/2`, and lists of them: sorted numbers. */
function readList(text: string, min: number, max: number, names: readonly string[] = []): number[] | undefined {
  const found = new Set<number>();
  for (const part of text.split(",")) {
    const [, from = "", to, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part) ?? [];
    const first = from === "*" ? min : readNumber(from, min, max, names);
    const last = to !== undefined ? readNumber(to, min, max, names) : from === "*" || step !== undefined ? max : first;
    const by = step === undefined ? 1 : Number(step);
    if (first === undefined || last === undefined || by < 1 || (from === "*" && to !== undefined)) return undefined;
    // a range over the end of the week or the year begins anew
    const end = first <= last ? last : last + max - min + 1;
    for (let value = first; value <= end; value += by) found.add(value > max ? value - (max - min + 1) : value);
  }
  return [...found].sort((a, b) => a - b);
}

function readNumber(text: string, min: number, max: number, names: readonly string[]): number | undefined {
  const named = names.indexOf(text);
  if (named >= 0) return named + min;
  const value = Number(text);
  return /^\d+$/.test(text) && value >= min && value <= max ? value : undefined;
}

function readDayOfMonth(text: string): DayRule | undefined {
  if (text === "L") return ({ year, month, day }) => day === daysIn(year, month);
  if (text === "LW") return ({ year, month, day }) => day === nearestWeekday(year, month, daysIn(year, month));
  const [, near] = /^(\d{1,2})W$/.exec(text) ?? [];
  if (near !== undefined) {
    const wanted = Number(near);
    if (wanted < 1 || wanted > 31) return undefined;
    return ({ year, month, day }) => wanted <= daysIn(year, month) && day === nearestWeekday(year, month, wanted);
  }
  const days = readList(text, 1, 31);
  return days === undefined ? undefined : ({ day }) => days.includes(day);
}

function readDayOfWeek(text: string): DayRule | undefined {
  if (text === "L") return (day) => weekdayOf(day) === 7;
  const [, which = "", nth] = /^(\w+)#([1-5])$/.exec(text) ?? [];
  if (nth !== undefined) {
    const weekday = readNumber(which, 1, 7, weekdayNames);
    return weekday === undefined ? undefined : (day) => weekdayOf(day) === weekday && Math.ceil(day.day / 7) === Number(nth);
  }
  const [, last] = /^(\w+)L$/.exec(text) ?? [];
  if (last !== undefined) {
    const weekday = readNumber(last, 1, 7, weekdayNames);
    return weekday === undefined ? undefined : (day) => weekdayOf(day) === weekday && day.day + 7 > daysIn(day.year, day.month);
  }
  const days = readList(text, 1, 7, weekdayNames);
  return days === undefined ? undefined : (day) => days.includes(weekdayOf(day));
}

/** 1 is Sunday. */
function weekdayOf({ year, month, day }: CalendarDay): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Of Saturday the Friday before, of Sunday the Monday after, but never in another month. */
function nearestWeekday(year: number, month: number, day: number): number {
  const weekday = weekdayOf({ year, month, day });
  if (weekday === 7) return day === 1 ? 3 : day - 1;
  if (weekday === 1) return day === daysIn(year, month) ? day - 2 : day + 1;
  return day;
}
