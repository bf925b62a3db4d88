import type { Json, JsonObject } from "../../../../model/json.ts";
import type { SpanRef } from "../../../../model/trace.ts";

/** What a source gives: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-source.html */
export interface PipeRecord {
  /** A message id, a sequence number. */
  readonly id: string;
  /** As target and enrichment get it. */
  readonly event: JsonObject;
  /** As filters and templates look into it: with a JSON body or data read. */
  readonly seen: JsonObject;
  readonly cause: SpanRef | null;
  /** What the source needs to settle it. */
  readonly handle: string;
  /** Virtual milliseconds. */
  readonly writtenAt: number;
}

/** Text that is JSON is looked into. */
export function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** One record's trace goes on; several begin one of their own, linked to each. */
export function causeOf(records: readonly Pick<PipeRecord, "cause">[]): SpanRef | null | undefined {
  if (records.length === 0) return undefined;
  return records.length === 1 ? (records[0]?.cause ?? null) : null;
}
