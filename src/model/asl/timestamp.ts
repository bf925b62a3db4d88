// Timestamps of Choice and Wait: RFC 3339 with seconds and a zone (`2016-03-14T01:59:00Z`, `…00.123+01:00`).

const pattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))$/;

/** Milliseconds since 1970, rounded up; undefined where the text is no such timestamp. */
export function parseTimestamp(text: string): number | undefined {
  const time = parseNanoseconds(text);
  return time === undefined ? undefined : Number((time + 999_999n) / 1_000_000n);
}

/** Nanoseconds since 1970, as exact as the text. */
export function parseNanoseconds(text: string): bigint | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  // dates that JavaScript would carry over (30 February) are none
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) return undefined;
  const [fraction = "", sign, zoneHours, zoneMinutes] = match.slice(7);
  const offset = sign === undefined ? 0 : (sign === "-" ? -1 : 1) * (Number(zoneHours) * 60 + Number(zoneMinutes));
  if (Math.abs(offset) > 18 * 60) return undefined;
  return BigInt(date.getTime() - offset * 60_000) * 1_000_000n + BigInt(fraction.padEnd(9, "0"));
}
