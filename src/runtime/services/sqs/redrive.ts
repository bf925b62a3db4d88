import type { SpanRef } from "../../../model/trace.ts";
import type { Call } from "../../kernel/service.ts";
import { AwsError } from "../../kernel/awsError.ts";
import type { MessageRow, NewMessage } from "./message.ts";
import { describeMessage, parseAttributes } from "./message.ts";
import type { Queue } from "./queues.ts";
import { nextSequence, store } from "./send.ts";
import type { Stores } from "./sqs.ts";
import { endWaits } from "./waits.ts";

/** The queue's dead-letter queue, and whether this message has been received as often as it may be. */
export function deadLetterQueueFor(sqs: Stores, queue: Queue, row: MessageRow): Queue | undefined {
  const policy = queue.redrivePolicy;
  if (!policy || row.receive_count - row.received_elsewhere < policy.maxReceiveCount) return undefined;
  return sqs.queues.findByArn(policy.deadLetterTargetArn);
}

/**
 * Hands a message on to the dead-letter queue: a hop of its own in the message's trace, after which the message's cause is
 * this hop. When the hop fails (dropped or failed at a breakpoint) the message stays and is hidden as if just received.
 */
export async function moveToDeadLetterQueue(sqs: Stores, from: Queue, to: Queue, row: MessageRow, receive: Call): Promise<void> {
  const isMoved = await handOver(sqs, from, to, row, {
    operation: "MoveToDeadLetterQueue",
    by: receive.span,
    change: ({ row: moved, now }) => ({
      messageId: moved.message_id,
      // A standard queue's retention counts from the first send, also in its dead-letter queue.
      sentAt: to.isFifo ? now : moved.sent_at,
      receivedElsewhere: moved.receive_count,
      sourceArn: from.arn,
    }),
  });
  if (isMoved) return;
  const now = receive.now();
  sqs.messages.transact(() => sqs.messages.setVisible(from, row, now + from.number("VisibilityTimeout") * 1000));
}

interface HandOver {
  readonly operation: string;
  /** Span that moves it. */
  readonly by: SpanRef;
  /** What is different in the other queue. */
  change(moved: {
    readonly row: MessageRow;
    readonly now: number;
  }): Pick<NewMessage, "messageId" | "sentAt" | "receivedElsewhere" | "sourceArn">;
}

/** A message goes from one queue to another, in its own trace. False: something on the way kept it back, and it stayed. */
export async function handOver(
  sqs: Stores,
  from: Queue,
  to: Queue,
  row: MessageRow,
  { operation, by, change }: HandOver,
): Promise<boolean> {
  const { kernel, accountId } = sqs.environment;
  from.moving.add(row.id);
  try {
    await kernel.work(
      {
        kind: "delivery",
        service: "sqs",
        operation,
        target: sqs.queues.ref(to),
        input: { MessageId: row.message_id, Body: row.body, SourceArn: from.arn, ReceiveCount: row.receive_count },
        links: [by],
        run: (input: { Body: string }, move) => {
          const now = move.now();
          const moved = { ...row, body: input.Body };
          moveRow(sqs, from, to, moved, change({ row: moved, now }), move);
        },
      },
      {
        cause: endWaits(sqs, from, row, kernel.clock.now()) ?? by,
        actor: { type: "resource", resource: sqs.queues.ref(from) },
        region: from.region,
        accountId,
      },
    );
    return true;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return false;
  } finally {
    from.moving.delete(row.id);
  }
}

function moveRow(sqs: Stores, from: Queue, to: Queue, row: MessageRow, change: ReturnType<HandOver["change"]>, move: Call): void {
  const now = move.now();
  sqs.messages.transact(() => {
    if (!sqs.messages.delete(from, row)) return;
    move.effect({ action: "delete", resource: sqs.queues.ref(from), key: row.message_id, before: describeMessage(row, now) });
    const message = {
      body: row.body,
      attributes: parseAttributes(row),
      traceHeader: row.trace_header,
      sender: row.sender,
      visibleAt: now,
      groupId: row.group_id,
      deduplicationId: row.deduplication_id,
      cause: move.span,
      ...change,
    };
    store(sqs, to, message, to.isFifo ? nextSequence(sqs) : null, move);
  });
}
