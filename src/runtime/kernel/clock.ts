import type { ClockState } from "../../model/run.ts";
import { DueQueue, isEarlier, type DueEntry } from "./dueQueue.ts";
import type { Clock, Due } from "./service.ts";

/** Virtual time and its controls. The Studio's clock bar and the tests drive it; services only see Clock. */
export interface VirtualClock extends Clock {
  state(): ClockState;
  pause(): void;
  run(rate: number): void;
  skipToNext(): boolean;
  /** Fires at once what falls due, each at its own moment; follow-ups within the span fire in the turns after. Resolves when all did. */
  advance(milliseconds: number): Promise<void>;
  onChange(listener: (state: ClockState) => void): () => void;
  /** Stands still until the returned function is called; several may ask. */
  freeze(): () => void;
  close(): void;
}

const longestTimeoutMilliseconds = 2 ** 31 - 1;
/** Due things shown; the list is for people. */
const dueShown = 50;
const changeFeedMilliseconds = 100;

interface Limit {
  /** Among the limits; -1 once it is over. */
  position: number;
  remaining: number;
  since: number;
  timer: NodeJS.Timeout | undefined;
  readonly run: () => void;
  readonly onChange: ((isStanding: boolean, leftMilliseconds: number) => void) | undefined;
}

export function createClock(startAt: number): VirtualClock {
  const listed = new DueQueue();
  const quiet = new DueQueue();
  // In no order, and no Set: see UnderWay for what comes and goes with each request.
  const limits: Limit[] = [];
  const listeners = new Set<(state: ClockState) => void>();
  let order = 0;
  let rate = 1;
  let isPaused = false;
  let freezes = 0;
  let isClosed = false;
  // Virtual time is `anchorVirtual` at real moment `anchorReal`, and runs on from there unless it stands.
  let anchorVirtual = startAt;
  let anchorReal = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let timerDueAt = Number.POSITIVE_INFINITY;
  let feedTimer: NodeJS.Timeout | undefined;
  /** The last of the jumps under way. */
  let advancing: Promise<void> | undefined;

  const isStanding = (): boolean => isPaused || freezes > 0;

  function now(): number {
    return isStanding() ? anchorVirtual : anchorVirtual + (performance.now() - anchorReal) * rate;
  }

  function reanchor(virtual: number): void {
    anchorVirtual = virtual;
    anchorReal = performance.now();
  }

  function queueOf(what: Due): DueQueue {
    return what.isQuiet === true ? quiet : listed;
  }

  function nextEntry(): DueEntry | undefined {
    const one = listed.peek();
    const other = quiet.peek();
    if (one === undefined || other === undefined) return one ?? other;
    return isEarlier(one, other) ? one : other;
  }

  function fire(entry: DueEntry): void {
    queueOf(entry.what).pop();
    entry.run();
  }

  function fireDue(): void {
    timer = undefined;
    timerDueAt = Number.POSITIVE_INFINITY;
    if (isClosed || isStanding()) return;
    for (let entry = nextEntry(); entry !== undefined && entry.at <= now(); entry = nextEntry()) fire(entry);
    schedule();
    changed(false);
  }

  function schedule(): void {
    if (isClosed || isStanding()) return;
    const entry = nextEntry();
    if (entry === undefined) return;
    // A timer that fires too early only looks again: cheaper than resetting it for every earlier cancel.
    if (timer !== undefined && timerDueAt <= entry.at) return;
    if (timer !== undefined) clearTimeout(timer);
    timerDueAt = entry.at;
    timer = setTimeout(fireDue, Math.min(Math.max(Math.ceil((entry.at - now()) / rate), 0), longestTimeoutMilliseconds));
  }

  function unschedule(): void {
    if (timer !== undefined) clearTimeout(timer);
    timer = undefined;
    timerDueAt = Number.POSITIVE_INFINITY;
  }

  function at(moment: number, what: Due, run: () => void): () => void {
    const entry: DueEntry = { at: moment, order: order++, what, run, isCancelled: false };
    const queue = queueOf(what);
    if (!isClosed) {
      queue.push(entry);
      schedule();
      if (what.isQuiet !== true) changed(false);
    }
    return () => {
      queue.cancel(entry);
      if (what.isQuiet !== true) changed(false);
    };
  }

  function sleep(milliseconds: number, what: Due, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const cancel = at(now() + Math.max(milliseconds, 0), what, () => {
        signal?.removeEventListener("abort", aborted);
        resolve();
      });
      function aborted(): void {
        cancel();
        reject(signal?.reason);
      }
      signal?.addEventListener("abort", aborted, { once: true });
    });
  }

  function startLimit(limit: Limit): void {
    limit.since = performance.now();
    limit.timer = setTimeout(
      () => {
        removeLimit(limit);
        limit.run();
      },
      Math.min(Math.max(limit.remaining, 0), longestTimeoutMilliseconds),
    );
  }

  /** False: it is over already. */
  function removeLimit(limit: Limit): boolean {
    if (limit.position < 0) return false;
    const last = limits.pop();
    if (last !== undefined && last !== limit) {
      limits[limit.position] = last;
      last.position = limit.position;
    }
    limit.position = -1;
    return true;
  }

  function stopLimit(limit: Limit): void {
    if (limit.timer === undefined) return;
    clearTimeout(limit.timer);
    limit.timer = undefined;
    limit.remaining -= performance.now() - limit.since;
  }

  /** Changes rate, pause or freezes so that time neither jumps nor is lost. */
  function change(apply: () => void): void {
    const wasStanding = isStanding();
    reanchor(now());
    apply();
    unschedule();
    if (isStanding() !== wasStanding && !isClosed) {
      for (const limit of limits) {
        if (wasStanding) startLimit(limit);
        else stopLimit(limit);
        limit.onChange?.(!wasStanding, Math.max(limit.remaining, 0));
      }
    }
    schedule();
    changed(true);
  }

  function state(): ClockState {
    return {
      now: now(),
      rate,
      isPaused,
      due: listed
        .earliest(dueShown)
        .map(({ at: moment, what }) =>
          what.resource === undefined ? { at: moment, title: what.title } : { at: moment, title: what.title, resource: what.resource },
        ),
    };
  }

  function changed(isControl: boolean): void {
    if (listeners.size === 0 || isClosed) return;
    if (isControl) {
      for (const listener of listeners) listener(state());
      return;
    }
    feedTimer ??= setTimeout(() => {
      feedTimer = undefined;
      if (isClosed) return;
      for (const listener of listeners) listener(state());
    }, changeFeedMilliseconds);
  }

  /** Fires all that is due at the earliest moment up to `target`; false when nothing is. */
  function fireMoment(target: number): boolean {
    const first = nextEntry();
    if (first === undefined || first.at > target) return false;
    reanchor(Math.max(first.at, now()));
    for (let entry: DueEntry | undefined = first; entry !== undefined && entry.at <= first.at; entry = nextEntry()) fire(entry);
    return true;
  }

  async function advanceTo(target: number): Promise<void> {
    while (!isClosed && fireMoment(target)) await new Promise(setImmediate);
    if (!isClosed) change(() => reanchor(Math.max(target, now())));
  }

  /** One jump after the other: a second begins where the first ends. */
  function move(target: () => number): Promise<void> {
    const step = (): Promise<void> => advanceTo(target());
    const settled = (advancing === undefined ? step() : advancing.then(step)).finally(() => {
      if (advancing === settled) advancing = undefined;
    });
    advancing = settled;
    return settled;
  }

  return {
    now,
    at,
    sleep,
    state,
    limit(milliseconds, run, onChange) {
      const limit: Limit = { position: limits.length, remaining: milliseconds, since: 0, timer: undefined, run, onChange };
      limits.push(limit);
      if (isStanding()) onChange?.(true, milliseconds);
      else startLimit(limit);
      return () => {
        if (removeLimit(limit) && limit.timer !== undefined) clearTimeout(limit.timer);
      };
    },
    pause() {
      change(() => {
        isPaused = true;
      });
    },
    run(newRate) {
      if (!(newRate > 0)) throw new RangeError(`The clock's rate must be above 0, not ${newRate}.`);
      change(() => {
        rate = newRate;
        isPaused = false;
      });
    },
    skipToNext() {
      const entry = listed.peek();
      if (entry === undefined) return false;
      void move(() => entry.at);
      return true;
    },
    advance(milliseconds) {
      if (!(milliseconds >= 0)) throw new RangeError(`The clock only runs forward: cannot advance by ${milliseconds} ms.`);
      return move(() => now() + milliseconds);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    freeze() {
      let isFrozen = true;
      change(() => {
        freezes++;
      });
      return () => {
        if (!isFrozen) return;
        isFrozen = false;
        change(() => {
          freezes--;
        });
      };
    },
    close() {
      isClosed = true;
      unschedule();
      if (feedTimer !== undefined) clearTimeout(feedTimer);
      for (const limit of limits) stopLimit(limit);
      listeners.clear();
    },
  };
}
