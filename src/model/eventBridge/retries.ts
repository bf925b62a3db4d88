// When a delivery that failed is tried again, and when it is given up: EventBridge, Scheduler and Pipes share it.
// AWS says for how long and how often, not at which moments: 185 attempts within 24 hours are what these pauses make.

export interface RetryPolicy {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
}

export const defaultRetryPolicy: RetryPolicy = { maximumRetryAttempts: 185, maximumEventAgeSeconds: 86_400 };

const firstPauseMilliseconds = 1_000;
const longestPauseMilliseconds = 480_000;

export type Retry =
  | { readonly type: "again"; readonly at: number }
  | { readonly type: "exhausted"; readonly condition: "MaximumRetryAttempts" | "MaximumEventAgeInSeconds" };

/** `random`: 0 ≤ x < 1. `attempts`: how often it was tried, at least once. */
export function nextRetry(policy: RetryPolicy, { attempts, sentAt, now, random, pauseMilliseconds }: RetryMoment): Retry {
  if (attempts > policy.maximumRetryAttempts) return { type: "exhausted", condition: "MaximumRetryAttempts" };
  const pause = Math.min(firstPauseMilliseconds * 2 ** (attempts - 1), longestPauseMilliseconds);
  const at = now + Math.max(pause * (0.75 + random * 0.25), pauseMilliseconds ?? 0);
  if (at > sentAt + policy.maximumEventAgeSeconds * 1000) return { type: "exhausted", condition: "MaximumEventAgeInSeconds" };
  return { type: "again", at };
}

interface RetryMoment {
  readonly attempts: number;
  readonly sentAt: number;
  readonly now: number;
  readonly random: number;
  /** At least this long, when the target said so. */
  readonly pauseMilliseconds?: number | undefined;
}
