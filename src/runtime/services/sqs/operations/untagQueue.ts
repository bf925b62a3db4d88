import type { UntagQueueRequest } from "@aws-sdk/client-sqs";
import type { Call } from "../../../kernel/service.ts";
import { invalidParameterValue, missingParameter } from "../errors.ts";
import type { Sqs } from "../sqs.ts";
import { queueAt } from "../sqs.ts";

export function untagQueue(sqs: Sqs, input: UntagQueueRequest, call: Call): void {
  const queue = queueAt(sqs, input.QueueUrl, call.region);
  const keys = input.TagKeys;
  if (keys === undefined) throw missingParameter("TagKeys");
  if (keys.length === 0) throw invalidParameterValue("Tag keys must be between 1 and 128 characters in length.");
  queue.tags = Object.fromEntries(Object.entries(queue.tags).filter(([key]) => !keys.includes(key)));
  sqs.queues.save(queue);
}
