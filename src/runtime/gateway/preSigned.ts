import { AwsError } from "../kernel/awsError.ts";

/**
 * Refuses a pre-signed URL whose time is over. By real time, which is the time of who signed it: functions and clients have no other,
 * and one that was signed after the virtual clock was put forward would be refused at once.
 */
export function checkPreSigned(query: URLSearchParams): void {
  const end = endOf(query);
  const now = performance.timeOrigin + performance.now();
  if (end === null || now <= end) return;
  throw new AwsError("AccessDenied", "Request has expired", {
    status: 403,
    members: {
      ...(query.has("X-Amz-Expires") && { "X-Amz-Expires": query.get("X-Amz-Expires") }),
      Expires: new Date(end).toISOString(),
      ServerTime: new Date(now).toISOString(),
    },
  });
}

/** Milliseconds; null where the request is no pre-signed URL. */
function endOf(query: URLSearchParams): number | null {
  const signed = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(query.get("X-Amz-Date") ?? "");
  const seconds = Number(query.get("X-Amz-Expires") ?? Number.NaN);
  if (signed !== null && !Number.isNaN(seconds)) {
    const [year = 0, month = 1, ...rest] = signed.slice(1).map(Number);
    return Date.UTC(year, month - 1, ...rest) + seconds * 1000;
  }
  const legacy = Number(query.get("Expires") ?? Number.NaN);
  return query.has("AWSAccessKeyId") && !Number.isNaN(legacy) ? legacy * 1000 : null;
}
