// The time that messages spend here between two hops, as spans of their traces: delayed, in the queue, in flight.
import type { SpanRef, WaitReason } from "../../../model/trace.ts";
import type { Waiting } from "../../kernel/service.ts";
import type { MessageRow } from "./message.ts";
import { causeOf, isReceived } from "./message.ts";
import type { Queue } from "./queues.ts";
import type { Stores } from "./sqs.ts";

/** Of an account with more messages, opened traces do not show what still waits: looking would take too long. */
const mostMessagesLookedThrough = 50_000;

interface Stretch {
  readonly operation: WaitReason;
  readonly since: number;
  /** Infinity: until somebody receives it. */
  readonly until: number;
}

/** What a message has waited for since it was last touched; `row` as it was before it is received now. */
function stretchesOf(row: MessageRow, now: number): readonly Stretch[] {
  const since = isReceived(row) ? (row.last_received_at ?? row.sent_at) : (row.arrived_at ?? row.sent_at);
  const hidden: Stretch = { operation: isReceived(row) ? "InFlight" : "Delayed", since, until: row.visible_at };
  const visible: Stretch = { operation: "InQueue", since: Math.max(row.visible_at, since), until: Infinity };
  if (row.visible_at > now) return [hidden];
  return hidden.until > since ? [hidden, visible] : [visible];
}

/** Writes down what a message waited for until now; gives the span that its next hop is caused by. */
export function endWaits(sqs: Stores, queue: Queue, row: MessageRow, now: number): SpanRef | null {
  const cause = causeOf(row);
  if (cause === null) return null;
  const target = sqs.queues.ref(queue);
  let last = cause;
  for (const { operation, since, until } of stretchesOf(row, now)) {
    last = sqs.environment.kernel.waited(
      { service: "sqs", operation, target, since, until: Math.min(until, now), input: describe(row) },
      { cause, actor: { type: "resource", resource: target }, region: queue.region, accountId: sqs.environment.accountId },
    );
  }
  return last;
}

/** Messages of a trace that are still here, and what each waits for. */
export function waitsOf(sqs: Stores, traceId: string): readonly Waiting[] {
  const queues = sqs.queues.all();
  const total = queues.reduce((sum, queue) => sum + queue.total, 0);
  if (total === 0 || total > mostMessagesLookedThrough) return [];
  const now = sqs.environment.kernel.clock.now();
  return sqs.messages.ofTrace(traceId).flatMap((row) => {
    const queue = queues.find(({ id }) => id === row.queue);
    const cause = causeOf(row);
    if (queue === undefined || cause === null) return [];
    return stretchesOf(row, now).map(({ operation, since, until }) => ({
      service: "sqs",
      operation,
      target: sqs.queues.ref(queue),
      since,
      ...(until !== Infinity && { until }),
      cause,
      input: describe(row),
    }));
  });
}

function describe(row: MessageRow) {
  return { messageId: row.message_id, receiveCount: row.receive_count };
}
