import type { Call } from "../../kernel/service.ts";
import { AwsError } from "../../kernel/awsError.ts";
import type { MessageRow } from "./message.ts";
import { describeMessage, parseAttributes } from "./message.ts";
import type { Queue } from "./queues.ts";
import { nextSequence, store } from "./send.ts";
import type { Sqs } from "./sqs.ts";
import { endWaits } from "./waits.ts";

/** The queue's dead-letter queue, and whether this message has been received as often as it may be. */
export function deadLetterQueueFor(sqs: Sqs, queue: Queue, row: MessageRow): Queue | undefined {
  const policy = queue.redrivePolicy;
  if (!policy || row.receive_count - row.received_elsewhere < policy.maxReceiveCount) return undefined;
  return sqs.queues.findByArn(policy.deadLetterTargetArn);
}

/**
 * Hands a message on to the dead-letter queue: a hop of its own in the message's trace, after which the message's cause is
 * this hop. When the hop fails (dropped or failed at a breakpoint) the message stays and is hidden as if just received.
 */
export async function moveToDeadLetterQueue(sqs: Sqs, from: Queue, to: Queue, row: MessageRow, receive: Call): Promise<void> {
  const source = sqs.queues.ref(from);
  from.moving.add(row.id);
  try {
    await sqs.environment.kernel.work(
      {
        kind: "delivery",
        service: "sqs",
        operation: "MoveToDeadLetterQueue",
        target: sqs.queues.ref(to),
        input: { MessageId: row.message_id, Body: row.body, SourceArn: from.arn, ReceiveCount: row.receive_count },
        links: [receive.span],
        run: (input: { Body: string }, move) => {
          moveRow(sqs, from, to, { ...row, body: input.Body }, move);
        },
      },
      {
        cause: endWaits(sqs, from, row, receive.now()) ?? receive.span,
        actor: { type: "resource", resource: source },
        region: from.region,
        accountId: sqs.environment.accountId,
      },
    );
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    sqs.messages.transact(() => sqs.messages.setVisible(from, row, receive.now() + from.number("VisibilityTimeout") * 1000, receive.now()));
  } finally {
    from.moving.delete(row.id);
  }
}

function moveRow(sqs: Sqs, from: Queue, to: Queue, row: MessageRow, move: Call): void {
  const now = move.now();
  sqs.messages.transact(() => {
    if (!sqs.messages.delete(from, row, now)) return;
    move.effect({ action: "delete", resource: sqs.queues.ref(from), key: row.message_id, before: describeMessage(row, now) });
    const message = {
      messageId: row.message_id,
      body: row.body,
      attributes: parseAttributes(row),
      traceHeader: row.trace_header,
      sender: row.sender,
      // A standard queue's retention counts from the first send, also in its dead-letter queue.
      sentAt: to.isFifo ? now : row.sent_at,
      visibleAt: now,
      groupId: row.group_id,
      deduplicationId: row.deduplication_id,
      cause: move.span,
      receivedElsewhere: row.receive_count,
      sourceArn: from.arn,
    };
    store(sqs, to, message, to.isFifo ? nextSequence(sqs) : null, move);
  });
}
