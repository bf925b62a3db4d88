// How many batches of a queue are at the function at once: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
import { lambdaLimits as limits } from "../../../../model/limits/lambda.ts";
import type { Mapping } from "./mapping.ts";

export const minuteMilliseconds = 60_000;
/** Batches at once that one provisioned poller keeps at the function. */
const batchesPerPoller = 10;

/** Grows minute by minute while all slots are taken, and begins anew when some were free for a minute. */
export class Scaling {
  readonly #mapping: Mapping;
  #slots: number;
  #busySince: number | undefined;
  #lastBusyAt = 0;

  constructor(mapping: Mapping) {
    this.#mapping = mapping;
    this.#slots = this.#first;
  }

  /** How many may be taken at `now`, when `taken` are. */
  slots(taken: number, now: number): number {
    if (taken < this.#slots) {
      if (this.#busySince !== undefined && now - this.#lastBusyAt >= minuteMilliseconds) {
        this.#busySince = undefined;
        this.#slots = this.#first;
      }
      return this.#slots;
    }
    this.#lastBusyAt = now;
    this.#busySince ??= now;
    const minutes = Math.floor((now - this.#busySince) / minuteMilliseconds);
    this.#slots = Math.min(this.#most, this.#first + minutes * limits.sqsConcurrencyPerMinute.value);
    return this.#slots;
  }

  get #first(): number {
    const { maximumConcurrency, provisionedPollers: pollers } = this.#mapping;
    const first = pollers === undefined ? limits.sqsConcurrencyAtFirst.value : pollers.minimum * batchesPerPoller;
    return Math.min(first, maximumConcurrency ?? Infinity);
  }

  get #most(): number {
    const { maximumConcurrency, provisionedPollers: pollers } = this.#mapping;
    if (pollers !== undefined) return pollers.maximum * batchesPerPoller;
    return maximumConcurrency ?? limits.sqsConcurrencyMax.value;
  }
}
