import { AwsError } from "../../../kernel/awsError.ts";
import type { Functions } from "../functions.ts";
import { collectBatch, isWanted } from "./batch.ts";
import type { Mapping, StreamSettings } from "./mapping.ts";
import { deliverInOrder } from "./orderedDelivery.ts";
import type { RecordReader } from "./source.ts";
import type { StreamRecord, StreamSource } from "./streamSource.ts";

/** An open shard wakes its readers; this is only so that a wait ends at some time. */
const waitSeconds = 600;
const maxRecordsPerRead = 1_000;
/** After an error of the source (a stream that is gone). */
const errorPauseMilliseconds = 60_000;

export interface LineOptions {
  readonly mapping: Mapping;
  readonly settings: StreamSettings;
  readonly source: StreamSource;
  readonly functions: Functions;
  readonly shard: string;
  /** Sequence number behind which it begins; absent: at the oldest record. */
  readonly after: string | undefined;
  /** Whether a record belongs to this line and not to one beside it. */
  isMine(record: StreamRecord): boolean;
  /** Told how far it has come. */
  reached(after: string | undefined, isEnded: boolean): void;
  onResult(result: string): void;
  readonly signal: AbortSignal;
}

/** One line of a shard: reads its records in order, and has one batch at the function at a time. */
export class ShardLine implements RecordReader<StreamRecord> {
  readonly waitSeconds = waitSeconds;
  readonly #options: LineOptions;
  /** Read, and not yet part of a batch. */
  readonly #waiting: StreamRecord[] = [];
  #iterator: string | undefined;
  /** The last record that was read, this line's or another's. */
  #readUpTo: string | undefined;
  #isAtEnd = false;

  constructor(options: LineOptions) {
    this.#options = options;
    this.#readUpTo = options.after;
  }

  /** Resolves with true at the shard's end, with false when stopped. */
  async run(): Promise<boolean> {
    const { mapping, functions, reached, onResult, signal } = this.#options;
    const { clock } = functions.service.kernel;
    while (!signal.aborted && !this.isEnded()) {
      const from = this.#readUpTo;
      try {
        const batch = await collectBatch(this, mapping, clock, signal);
        // what was only collected when the mapping stops is read again
        if (signal.aborted) return false;
        if (batch.length > 0) await deliverInOrder(batch, this.#options);
        if (signal.aborted) return false;
        const position = this.#waiting.length > 0 ? batch.at(-1)?.id : this.#readUpTo;
        // a wait that found nothing moves nothing
        if (position !== from || this.isEnded()) reached(position, this.isEnded());
      } catch (error) {
        if (signal.aborted) return false;
        if (!(error instanceof AwsError)) throw error;
        onResult(`PROBLEM: ${error.message}`);
        await this.#pause();
      }
    }
    return !signal.aborted;
  }

  isEnded(): boolean {
    return this.#isAtEnd && this.#waiting.length === 0;
  }

  async receive(maximum: number, seconds: number, signal: AbortSignal): Promise<readonly StreamRecord[]> {
    const deadline = this.#now() + seconds * 1000;
    while (this.#waiting.length === 0 && !this.#isAtEnd && !signal.aborted) {
      const left = Math.max(0, deadline - this.#now()) / 1000;
      await this.#read(maximum, left, signal);
      if (left === 0) break;
    }
    return this.#waiting.splice(0, maximum);
  }

  async #read(maximum: number, seconds: number, signal: AbortSignal): Promise<void> {
    const { mapping, settings, source, shard, isMine } = this.#options;
    const isForBatch = (record: StreamRecord): boolean => isMine(record) && isWanted(mapping, record);
    this.#iterator ??= await source.iterator(shard, this.#readUpTo, signal);
    try {
      const limit = Math.min(maximum * settings.parallelizationFactor, maxRecordsPerRead);
      const page = await source.read(this.#iterator, limit, seconds, isForBatch, signal);
      this.#iterator = page.next;
      this.#isAtEnd = page.next === undefined;
      this.#readUpTo = page.records.at(-1)?.id ?? this.#readUpTo;
      this.#waiting.push(...page.records.filter(isForBatch));
    } catch (error) {
      // a batch was tried for longer than an iterator lives, or the records are older than a day by now
      if (!(error instanceof AwsError && (error.code === "ExpiredIteratorException" || error.code === "TrimmedDataAccessException")))
        throw error;
      this.#iterator = undefined;
    }
  }

  #now(): number {
    return this.#options.functions.service.kernel.clock.now();
  }

  async #pause(): Promise<void> {
    const { mapping, source, functions, signal } = this.#options;
    this.#iterator = undefined;
    const what = { title: `${mapping.functionName} reads again`, resource: source.resource, isQuiet: true };
    await functions.service.kernel.clock.sleep(errorPauseMilliseconds, what, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}
