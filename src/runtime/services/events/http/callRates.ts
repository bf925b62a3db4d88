import type { Clock } from "../../../kernel/service.ts";
import type { ApiDestination } from "./apiDestinations.ts";

const secondMilliseconds = 1_000;

/** Holds calls of API destinations back, so that in no second more begin than InvocationRateLimitPerSecond lets. */
export class CallRates {
  readonly #clock: Clock;
  /** When the last calls of each began, by ARN: as many as may begin in a second. */
  readonly #starts = new Map<string, number[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves when the next call may begin. */
  async turn({ arn, name, ratePerSecond }: ApiDestination): Promise<void> {
    const now = this.#clock.now();
    const starts = this.#starts.get(arn) ?? [];
    const before = starts.at(-ratePerSecond);
    const start = before === undefined ? now : Math.max(now, before + secondMilliseconds);
    this.#starts.set(arn, [...starts, start].slice(-ratePerSecond));
    if (start > now) await this.#clock.sleep(start - now, { title: `${name}: next call`, isQuiet: true });
  }
}
