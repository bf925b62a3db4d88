import { sqsLimits } from "../../../model/limits/sqs.ts";
import type { Received } from "./receive.ts";

interface Attempt {
  readonly received: readonly Received[];
  readonly expiresAt: number;
}

const windowMilliseconds = sqsLimits.deduplicationSeconds.value * 1000;

/**
 * What receive calls of one FIFO queue got, by the id that a client gave its call: asking again with the same id within five
 * minutes, since the answer was lost, gives the same messages. Not kept over a restart: the messages come again then.
 */
export class ReceiveAttempts {
  readonly #attempts = new Map<string, Attempt>();

  find(id: string, now: number): readonly Received[] | undefined {
    const attempt = this.#attempts.get(id);
    return attempt !== undefined && attempt.expiresAt > now ? attempt.received : undefined;
  }

  remember(id: string, received: readonly Received[], now: number): void {
    for (const [old, { expiresAt }] of this.#attempts) if (expiresAt <= now) this.#attempts.delete(old);
    this.#attempts.set(id, { received, expiresAt: now + windowMilliseconds });
  }
}
