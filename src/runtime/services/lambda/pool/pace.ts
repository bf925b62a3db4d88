import { availableParallelism } from "node:os";
import type { Environment } from "./environment.ts";

/**
 * Real milliseconds that an invocation waits for a busy environment before it gets another process. Short handlers share
 * few processes, since many more than the machine has cores only get in each other's way and each has its code to compile: they
 * get more when none has answered for a moment (`standing`) or the wait is long all the same (`short`).
 */
const patienceMilliseconds = { usual: 4, standing: 50, short: 150 } as const;
const shortMilliseconds = 15;
/** Two for each core: while one waits for an answer of ours, the other works. */
export const mostAtShortHandlers = Math.max(4, 2 * availableParallelism());
/**
 * Quick handlers get their next invocations sent ahead, as long as an environment is through with what it has in this time:
 * neither process then sleeps between two invocations, which costs more than such a handler itself.
 */
const aheadMilliseconds = 0.5;
/** An invocation that takes this long is not a quick one: what was sent ahead goes elsewhere. */
export const overdueMilliseconds = 10;
/** How much the latest invocation counts in the average: the first ones are slow, and so is one now and then. */
const averageWeight = { faster: 0.5, slower: 0.05 } as const;

/** How fast the invocations of one function come through: what decides which of them wait for an environment, and how long. */
export class Pace {
  /** How long an invocation takes, on average; undefined before the first has ended. */
  #averageMilliseconds: number | undefined;
  #lastAnsweredAt = 0;
  /** When the last environment came up: who waits has been waiting for a busy one only since then. */
  #lastReadyAt = 0;

  answered(milliseconds: number): void {
    this.#lastAnsweredAt = performance.now();
    const before = this.#averageMilliseconds ?? milliseconds;
    this.#averageMilliseconds = before + (milliseconds - before) * (milliseconds < before ? averageWeight.faster : averageWeight.slower);
  }

  ready(): void {
    this.#lastReadyAt = performance.now();
  }

  get isShort(): boolean {
    return this.#averageMilliseconds !== undefined && this.#averageMilliseconds < shortMilliseconds;
  }

  /** Milliseconds for which an invocation that waits since then should go on waiting for a busy environment. */
  patienceLeft(since: number): number {
    const now = performance.now();
    const waited = now - Math.max(since, this.#lastReadyAt);
    if (!this.isShort) return patienceMilliseconds.usual - waited;
    return Math.min(patienceMilliseconds.standing - Math.min(waited, now - this.#lastAnsweredAt), patienceMilliseconds.short - waited);
  }

  /** Whether a busy environment may be sent another invocation ahead. */
  hasTimeFor(environment: Environment): boolean {
    if (this.#averageMilliseconds === undefined || !environment.takesAhead || environment.turns === 0) return false;
    return this.#averageMilliseconds * environment.turns < aheadMilliseconds && environment.turnMilliseconds < overdueMilliseconds;
  }
}
