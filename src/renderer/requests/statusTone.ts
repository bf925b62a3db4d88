import type { Tone } from "../app/ui/Chip.tsx";

/** Tone of an HTTP status, of `ok`, or of an AWS error's code. */
export function statusTone(status: string): Tone {
  const code = Number(status);
  if (status === "ok" || (code >= 200 && code < 400)) return "ok";
  if (code === 429 || /Throttl|TooManyRequests|ProvisionedThroughputExceeded/.test(status)) return "throttled";
  return "error";
}
