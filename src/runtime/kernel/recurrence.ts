import type { Clock, Due } from "./service.ts";

/** So often within one real second, and no more, is one thing done when the clock jumps far. */
const mostRunsPerRealSecond = 1_000;

export interface Recurrence {
  readonly what: Due;
  /** The first moment later than this one; undefined: it is over. */
  next(after: number): number | undefined;
  /** `skipped`: how many moments before this one went by without a run, because a jump of the clock brought too many. */
  run(at: number, skipped: number): void;
}

/**
 * Does something at each of its moments, one after the other: a jump of the clock over a day gives each run of that day its
 * own moment. A jump over a year does not run a thing of every minute half a million times: what is beyond a thousand runs
 * in a second of real time is counted and told with the next run. Returns how to end it.
 */
export function recur(clock: Clock, recurrence: Recurrence, after: number): () => void {
  let cancel: (() => void) | undefined;
  let secondBeganAt = 0;
  let runs = 0;
  let skipped = 0;

  function schedule(from: number): void {
    const at = recurrence.next(from);
    cancel = at === undefined ? undefined : clock.at(at, recurrence.what, () => due(at));
  }

  function due(at: number): void {
    const now = performance.now();
    if (now - secondBeganAt > 1_000) {
      secondBeganAt = now;
      runs = 0;
    }
    // first, so that a run that ends it finds what to cancel
    schedule(at);
    if (runs >= mostRunsPerRealSecond) {
      skipped++;
      return;
    }
    runs++;
    const before = skipped;
    skipped = 0;
    recurrence.run(at, before);
  }

  schedule(after);
  return () => cancel?.();
}
