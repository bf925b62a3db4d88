// What a shard takes and gives in a second, where that is enforced. Nothing is refused unless the stream's settings say so.
import { kinesisLimits as limits } from "../../../model/limits/kinesis.ts";
import { AwsError } from "../../kernel/awsError.ts";
import type { Clock } from "../../kernel/service.ts";
import { shardId } from "./sequence.ts";
import type { Shard, Stream } from "./stream.ts";

/** A second of the virtual clock, and what was used in it. A large read is owed to the seconds after it. */
interface Second {
  second: number;
  written: number;
  records: number;
  reads: number;
  read: number;
}

export class Throughput {
  readonly #clock: Clock;
  readonly #accountId: string;
  /** By stream and shard. */
  readonly #seconds = new Map<string, Second>();

  constructor(clock: Clock, accountId: string) {
    this.#clock = clock;
    this.#accountId = accountId;
  }

  /** Undefined: the record may be written, and is counted. Else why not. */
  write(stream: Stream, shard: Shard, bytes: number): AwsError | undefined {
    if (!isEnforced(stream)) return undefined;
    const now = this.#second(stream, shard);
    if (now.records + 1 > limits.shardRecordsPerSecond.value || now.written + bytes > limits.shardBytesPerSecond.value)
      return this.#exceeded(stream, shard);
    now.records++;
    now.written += bytes;
    return undefined;
  }

  /** Throws where the shard was read too often, or too much of it. */
  admitRead(stream: Stream, shard: Shard): void {
    if (!isEnforced(stream)) return;
    const now = this.#second(stream, shard);
    if (now.reads + 1 > limits.shardReadsPerSecond.value || now.read >= limits.shardReadBytesPerSecond.value)
      throw this.#exceeded(stream, shard);
    now.reads++;
  }

  countRead(stream: Stream, shard: Shard, bytes: number): void {
    if (isEnforced(stream)) this.#second(stream, shard).read += bytes;
  }

  #second(stream: Stream, shard: Shard): Second {
    const key = `${stream.id} ${shard.number}`;
    const second = Math.floor(this.#clock.now() / 1_000);
    const before = this.#seconds.get(key);
    if (before?.second === second) return before;
    const owed = before === undefined ? 0 : before.read - limits.shardReadBytesPerSecond.value * (second - before.second);
    const begun = { second, written: 0, records: 0, reads: 0, read: Math.max(owed, 0) };
    this.#seconds.set(key, begun);
    return begun;
  }

  #exceeded(stream: Stream, shard: Shard): AwsError {
    return new AwsError(
      "ProvisionedThroughputExceededException",
      `Rate exceeded for shard ${shardId(shard.number)} in stream ${stream.name} under account ${this.#accountId}.`,
    );
  }
}

function isEnforced({ settings }: Stream): boolean {
  return settings.isThroughputEnforced === true;
}
