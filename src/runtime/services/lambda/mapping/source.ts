import type { Json } from "../../../../model/json.ts";
import type { ResourceRef, SpanRef } from "../../../../model/trace.ts";
import type { Caller } from "../../../kernel/service.ts";

/** Where batches come from: a queue, or one line of a stream's shard. */
export interface RecordReader<Record extends SourceRecord = SourceRecord> {
  /** Longest wait of one read; the next follows at once. */
  readonly waitSeconds: number;
  /** Waits (on the virtual clock, without spinning) until there is at least one record; empty when the signal ends it. */
  receive(maximum: number, waitSeconds: number, signal: AbortSignal): Promise<readonly Record[]>;
  /** Nothing will ever come again: a shard that was closed and read. */
  isEnded(): boolean;
}

/** A queue that a mapping reads from: what was received is settled or comes again. One exists per mapping that is polling. */
export interface EventSource extends RecordReader {
  readonly resource: ResourceRef;
  /** Done with these records: they will not come again. */
  settle(records: readonly SourceRecord[], caller: Caller): Promise<void>;
  /** These failed: they come again as the source says. */
  release(records: readonly SourceRecord[], caller: Caller): Promise<void>;
}

export interface SourceRecord {
  /** What batchItemFailures names: a message id, a sequence number. */
  readonly id: string;
  /** As it stands in the event's Records. */
  readonly event: Json;
  /** As filter patterns see it. */
  readonly filtered: Json;
  /** Span that sent it. */
  readonly cause: SpanRef | null;
  /** Span of the poll that received it. */
  readonly poll: SpanRef | null;
  /** What the source needs to settle it. */
  readonly handle: string;
}
