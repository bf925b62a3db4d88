// When a failed state is tried again, and which errors a Retry or a Catch means.
import type { Retrier } from "./definition.ts";

/** Errors that nothing catches, not even by name. */
const fatal = new Set(["States.Runtime"]);

/** Whether one of the names in `ErrorEquals` means the error. */
export function matchesError(errorEquals: readonly string[], error: string): boolean {
  return !fatal.has(error) && errorEquals.some((name) => means(name, error));
}

function means(name: string, error: string): boolean {
  if (name === error || name === "States.ALL") return true;
  const isTimeout = error === "States.Timeout" || error === "States.HeartbeatTimeout";
  if (name === "States.TaskFailed") return !isTimeout;
  return name === "States.Timeout" && isTimeout;
}

/** The pause before a retry in seconds; `retries` is how often this retrier has tried before, `random` at least 0 and less than 1. */
export function retryDelaySeconds(retrier: Retrier, retries: number, random: () => number): number {
  const delay = Math.min(retrier.intervalSeconds * retrier.backoffRate ** retries, retrier.maxDelaySeconds ?? Infinity);
  return retrier.jitterStrategy === "FULL" ? delay * random() : delay;
}
