/**
 * How often and when a failed delivery is tried again, in four phases: at once, at the least delay, growing, at the longest delay.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
 */
export interface RetrySchedule {
  readonly immediate: number;
  readonly preBackoff: number;
  readonly backoff: number;
  readonly postBackoff: number;
  readonly minDelaySeconds: number;
  readonly maxDelaySeconds: number;
  readonly growth: BackoffFunction;
}

export const backoffFunctions = ["arithmetic", "exponential", "geometric", "linear"] as const;
export type BackoffFunction = (typeof backoffFunctions)[number];

/** Queues, functions, delivery streams: 100,015 retries over 23 days. */
export const managedEndpoints: RetrySchedule = {
  immediate: 3,
  preBackoff: 2,
  backoff: 10,
  postBackoff: 100_000,
  minDelaySeconds: 1,
  maxDelaySeconds: 20,
  growth: "exponential",
};

/** Waits before a retry, counted from 1; undefined: there is none any more. */
export function delayBeforeRetry(schedule: RetrySchedule, retry: number): number | undefined {
  const { immediate, preBackoff, backoff, postBackoff, minDelaySeconds, maxDelaySeconds } = schedule;
  if (retry <= immediate) return 0;
  if (retry <= immediate + preBackoff) return minDelaySeconds;
  const step = retry - immediate - preBackoff;
  if (step <= backoff) return grown(schedule, step);
  return step - backoff <= postBackoff ? maxDelaySeconds : undefined;
}

/** In which phase a retry is, for people. */
export function phaseOf({ immediate, preBackoff, backoff }: RetrySchedule, retry: number): string {
  if (retry <= immediate) return "immediate retry";
  if (retry <= immediate + preBackoff) return "before back-off";
  return retry <= immediate + preBackoff + backoff ? "back-off" : "after back-off";
}

export function totalSeconds(schedule: RetrySchedule): number {
  const { immediate, preBackoff, backoff, postBackoff, maxDelaySeconds } = schedule;
  let total = postBackoff * maxDelaySeconds;
  for (let retry = 1; retry <= immediate + preBackoff + backoff; retry++) total += delayBeforeRetry(schedule, retry) ?? 0;
  return total;
}

/** From the least delay at the first step to the longest at the last. */
function grown({ backoff, minDelaySeconds: min, maxDelaySeconds: max, growth }: RetrySchedule, step: number): number {
  const part = backoff <= 1 ? 1 : (step - 1) / (backoff - 1);
  switch (growth) {
    case "linear":
      return min + (max - min) * part;
    case "arithmetic":
      return min + (max - min) * part * ((step + 1) / (backoff + 1));
    case "geometric":
      return min + (max - min) * ((2 ** (part * 5) - 1) / 31);
    case "exponential":
      return min * (max / min) ** part;
  }
}
