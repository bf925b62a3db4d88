import type { UntagQueueRequest } from "@aws-sdk/client-sqs";
import type { Call } from "../../../kernel/service.ts";
import { missingParameter } from "../errors.ts";
import type { Sqs } from "../sqs.ts";
import { queueAt } from "../sqs.ts";

export function untagQueue(sqs: Sqs, input: UntagQueueRequest, call: Call): void {
  const queue = queueAt(sqs, input.QueueUrl, call.region);
  const keys = input.TagKeys;
  if (keys === undefined) throw missingParameter("TagKeys");
  queue.tags = Object.fromEntries(Object.entries(queue.tags).filter(([key]) => !keys.includes(key)));
  sqs.queues.save(queue);
}
