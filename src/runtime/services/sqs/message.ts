import type { Json, JsonObject } from "../../../model/json.ts";
import type { SpanRef } from "../../../model/trace.ts";

/** Message attributes as they are kept: binary values in base64. */
export type AttributeMap = { [name: string]: { DataType: string; StringValue?: string; BinaryValue?: string } };

/** A row of sqs_messages. Times are virtual milliseconds. */
export interface MessageRow {
  readonly id: number;
  readonly queue: number;
  readonly message_id: string;
  readonly body: string;
  readonly attributes: string;
  readonly trace_header: string | null;
  readonly sender: string;
  readonly sent_at: number;
  /** When it may next be received. */
  readonly visible_at: number;
  readonly receive_count: number;
  /** Receives in the queues it came from: AWS counts across queues, a redrive policy only in its own. */
  readonly received_elsewhere: number;
  readonly first_received_at: number | null;
  readonly last_received_at: number | null;
  readonly group_id: string | null;
  readonly deduplication_id: string | null;
  /** Only in FIFO queues. */
  readonly sequence: string | null;
  readonly cause_trace: string | null;
  readonly cause_span: string | null;
  readonly source_arn: string | null;
  /** When it came into this queue; null in rows of an earlier Contrail. */
  readonly arrived_at: number | null;
}

/** What a message is before it is in a queue. */
export interface NewMessage {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: AttributeMap;
  readonly traceHeader: string | null;
  readonly sender: string;
  readonly sentAt: number;
  readonly visibleAt: number;
  readonly groupId: string | null;
  readonly deduplicationId: string | null;
  readonly cause: SpanRef | null;
  readonly receivedElsewhere: number;
  readonly sourceArn: string | null;
}

export function parseAttributes(row: MessageRow): AttributeMap {
  return JSON.parse(row.attributes) as AttributeMap;
}

/** The span that sent it, so that a trace goes on through the queue. */
export function causeOf(row: MessageRow): SpanRef | null {
  return row.cause_trace === null || row.cause_span === null ? null : { traceId: row.cause_trace, spanId: row.cause_span };
}

/** Whether it was received in the queue that it is in. */
export function isReceived(row: MessageRow): boolean {
  return row.receive_count > row.received_elsewhere;
}

export type MessageState = "visible" | "in flight" | "delayed";

export function stateOf(row: MessageRow, now: number): MessageState {
  if (row.visible_at <= now) return "visible";
  return isReceived(row) ? "in flight" : "delayed";
}

/** A message as effects and the Data panel show it. */
export function describeMessage(row: MessageRow, now: number): JsonObject {
  return {
    messageId: row.message_id,
    body: row.body,
    attributes: parseAttributes(row) as Json,
    sentAt: row.sent_at,
    state: stateOf(row, now),
    visibleAt: row.visible_at,
    receiveCount: row.receive_count,
    ...(row.group_id === null ? {} : { messageGroupId: row.group_id }),
    ...(row.deduplication_id === null ? {} : { messageDeduplicationId: row.deduplication_id }),
    ...(row.sequence === null ? {} : { sequenceNumber: row.sequence }),
    ...(row.source_arn === null ? {} : { deadLetterQueueSourceArn: row.source_arn }),
  };
}
