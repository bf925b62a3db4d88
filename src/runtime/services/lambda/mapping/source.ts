import type { Json } from "../../../../model/json.ts";
import type { ResourceRef, SpanRef } from "../../../../model/trace.ts";
import type { Caller } from "../../../kernel/service.ts";

/** What a mapping reads from: a queue, later a stream. One exists per mapping that is polling. */
export interface EventSource {
  readonly resource: ResourceRef;
  /** How many batches may be at the function at once, unless the mapping says otherwise. */
  readonly concurrency: number;
  /** Waits (on the virtual clock, without spinning) until there is at least one record; empty when the caller's signal ends it. */
  receive(maximum: number, waitSeconds: number, signal: AbortSignal): Promise<readonly SourceRecord[]>;
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
  /** Group whose order must be kept: once one fails, the later ones fail too. */
  readonly group?: string;
  /** What the source needs to settle it. */
  readonly handle: string;
}
