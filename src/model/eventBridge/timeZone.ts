// Local times of IANA's time zones. A local time is in milliseconds as if it were UTC.

const formats = new Map<string, Intl.DateTimeFormat>();

export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

export function localTime(moment: number, timeZone: string): number {
  if (timeZone === "UTC") return moment;
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: string): number => parts.get(name as Intl.DateTimeFormatPartTypes) ?? 0;
  const local = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return local + (((moment % 1000) + 1000) % 1000);
}

const dayMilliseconds = 86_400_000;

/** The moment at which clocks there show this time, the first where they do twice; undefined: they skip it. */
export function momentOf(local: number, timeZone: string): number | undefined {
  if (timeZone === "UTC") return local;
  const offsets = [local - dayMilliseconds, local + dayMilliseconds].map((near) => localTime(near, timeZone) - near);
  const moments = offsets.map((offset) => local - offset).filter((moment) => localTime(moment, timeZone) === local);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(timeZone, format);
  return format;
}
