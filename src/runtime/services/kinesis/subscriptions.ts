// Enhanced fan-out: records pushed to a consumer as they come, for five minutes at a time.
import type { SubscribeToShardEvent } from "@aws-sdk/client-kinesis";
import { kinesisLimits as limits } from "../../../model/limits/kinesis.ts";
import type { Clock } from "../../kernel/service.ts";
import { inUse } from "./errors.ts";
import { childrenOf, readRecords, describeRecord } from "./records.ts";
import { sequenceNumber } from "./sequence.ts";
import type { Shard, Stream } from "./stream.ts";

/** A consumer may take over its own subscription of a shard after this long. */
const takeOverMilliseconds = 5_000;
/** A shard in which nothing happens tells its consumers this often that it is there. */
const quietMilliseconds = 5_000;

export class Subscriptions {
  readonly #clock: Clock;
  /** By consumer and shard. */
  readonly #active = new Map<string, Subscription>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `after`: place of the record behind which it begins. */
  open(consumerArn: string, stream: Stream, shard: Shard, after: number): Subscription {
    const key = `${consumerArn} ${shard.number}`;
    const before = this.#active.get(key);
    if (before !== undefined && this.#clock.now() - before.since < takeOverMilliseconds)
      throw inUse(`Another active subscription exists for this consumer: ${consumerArn}`);
    before?.end();
    const subscription = new Subscription(this.#clock, stream, shard, after, () => {
      if (this.#active.get(key) === subscription) this.#active.delete(key);
    });
    this.#active.set(key, subscription);
    return subscription;
  }

  stop(): void {
    for (const subscription of this.#active.values()) subscription.end();
  }
}

/** The events of one subscription: it ends by itself, when the shard does, or when nobody reads on. */
class Subscription implements AsyncIterableIterator<{ readonly SubscribeToShardEvent: SubscribeToShardEvent }> {
  readonly since: number;
  readonly #clock: Clock;
  readonly #stream: Stream;
  readonly #shard: Shard;
  readonly #ended: () => void;
  readonly #abort = new AbortController();
  #after: number;

  constructor(clock: Clock, stream: Stream, shard: Shard, after: number, ended: () => void) {
    this.since = clock.now();
    this.#clock = clock;
    this.#stream = stream;
    this.#shard = shard;
    this.#after = after;
    this.#ended = ended;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<{ readonly SubscribeToShardEvent: SubscribeToShardEvent }>> {
    const until = this.since + limits.subscriptionSeconds.value * 1_000;
    const quietUntil = this.#clock.now() + quietMilliseconds;
    for (;;) {
      const isGone = !this.#stream.shards().includes(this.#shard);
      if (isGone || this.#abort.signal.aborted || this.#clock.now() >= until) return this.return();
      const { rows, isAtEnd } = readRecords(this.#stream, this.#shard, this.#after, limits.getRecords.value);
      const isOver = isAtEnd && this.#shard.closedAt !== null;
      if (rows.length > 0 || isOver || this.#clock.now() >= quietUntil) {
        const last = rows.at(-1);
        this.#after = last?.id ?? this.#after;
        if (isOver) this.end();
        return {
          done: false,
          value: {
            SubscribeToShardEvent: {
              Records: rows.map((row) => describeRecord(row, this.#stream)),
              ContinuationSequenceNumber: isOver ? undefined : sequenceNumber(this.#after, this.#shard.number),
              MillisBehindLatest: isAtEnd || last === undefined ? 0 : Math.max(0, Math.floor(this.#clock.now() - last.written_at)),
              ...(isOver && { ChildShards: childrenOf(this.#stream, this.#shard) }),
            },
          },
        };
      }
      await this.#stream.wait(Math.min(until, quietUntil), this.#abort.signal);
    }
  }

  return(): Promise<IteratorResult<never>> {
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  end(): void {
    this.#abort.abort();
    this.#ended();
  }
}
