// Records and shards as the DynamoDB Streams API has them:
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Types_Amazon_DynamoDB_Streams.html
import { createHash } from "node:crypto";
import type { SpanRef } from "../../../model/trace.ts";
import type { Item } from "./attributeValue.ts";
import { parseItem } from "./storedItem.ts";
import type { RecordRow } from "./streamRecords.ts";

export type StreamView = "KEYS_ONLY" | "NEW_IMAGE" | "OLD_IMAGE" | "NEW_AND_OLD_IMAGES";

export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: RecordRow["event"];
  readonly eventVersion: string;
  readonly eventSource: string;
  readonly awsRegion: string;
  readonly dynamodb: {
    readonly ApproximateCreationDateTime: Date;
    readonly Keys: Item;
    readonly NewImage?: Item;
    readonly OldImage?: Item;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: StreamView;
  };
  readonly userIdentity?: { readonly PrincipalId: string; readonly Type: string };
  /** The span that wrote it: for readers inside the runtime, AWS's schema does not know it. */
  readonly cause: SpanRef;
}

/** A record for a reader; for readers inside the runtime with the span that wrote it. */
export function describeRecord(
  row: RecordRow,
  stream: { readonly arn: string; readonly region: string; readonly view: StreamView },
): StreamRecord {
  return {
    // The same each time it is read, as on AWS.
    eventID: createHash("md5").update(`${stream.arn}/${row.sequence}`).digest("hex"),
    eventName: row.event,
    eventVersion: "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: stream.region,
    dynamodb: {
      ApproximateCreationDateTime: new Date(Math.floor(row.written_at / 1000) * 1000),
      Keys: parseItem(row.item_key),
      ...(row.after !== null && { NewImage: parseItem(row.after) }),
      ...(row.before !== null && { OldImage: parseItem(row.before) }),
      SequenceNumber: sequenceNumber(row.sequence),
      SizeBytes: row.bytes,
      StreamViewType: stream.view,
    },
    ...(row.is_expiry === 1 && { userIdentity: { PrincipalId: "dynamodb.amazonaws.com", Type: "Service" } }),
    cause: { traceId: row.cause_trace, spanId: row.cause_span },
  };
}

/** At least 21 digits, as AWS has it; as text they sort as the numbers do. */
export function sequenceNumber(sequence: number): string {
  return `1${String(sequence).padStart(20, "0")}`;
}

/** undefined: not one of ours. */
export function parseSequenceNumber(text: string): number | undefined {
  return /^1\d{20}$/.test(text) ? Number(text.slice(1)) : undefined;
}
