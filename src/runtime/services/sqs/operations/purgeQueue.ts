import type { PurgeQueueRequest } from "@aws-sdk/client-sqs";
import { sqsLimits } from "../../../../model/limits/sqs.ts";
import type { Call } from "../../../kernel/service.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Sqs } from "../sqs.ts";
import { queueAt } from "../sqs.ts";

export function purgeQueue(sqs: Sqs, input: PurgeQueueRequest, call: Call): void {
  const queue = queueAt(sqs, input.QueueUrl, call.region);
  const seconds = sqsLimits.purgeIntervalSeconds.value;
  if (queue.purgedAt !== null && call.now() < queue.purgedAt + seconds * 1000) {
    throw new AwsError("PurgeQueueInProgress", `Only one PurgeQueue operation on ${queue.name} is allowed every ${seconds} seconds.`);
  }
  const count = sqs.messages.transact(() => {
    sqs.deduplication.forgetQueue(queue.id);
    return sqs.messages.purge(queue);
  });
  queue.purgedAt = call.now();
  sqs.queues.save(queue);
  call.effect({ action: "delete", resource: sqs.queues.ref(queue), key: "*", before: { messages: count } });
}
