import type { TagQueueRequest } from "@aws-sdk/client-sqs";
import type { Call } from "../../../kernel/service.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import { missingParameter } from "../errors.ts";
import type { Sqs } from "../sqs.ts";
import { queueAt } from "../sqs.ts";

const maxTags = 50;

export function tagQueue(sqs: Sqs, input: TagQueueRequest, call: Call): void {
  const queue = queueAt(sqs, input.QueueUrl, call.region);
  if (input.Tags === undefined || Object.keys(input.Tags).length === 0) throw missingParameter("Tags");
  const tags = { ...queue.tags, ...input.Tags };
  if (Object.keys(tags).length > maxTags) throw new AwsError("InvalidParameterValue", `Too many tags added for queue ${queue.name}.`);
  queue.tags = tags;
  sqs.queues.save(queue);
}
