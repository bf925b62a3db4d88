import type { ListDeadLetterSourceQueuesRequest, ListDeadLetterSourceQueuesResult } from "@aws-sdk/client-sqs";
import type { Call } from "../../../kernel/service.ts";
import { pageOfQueues } from "../queuePage.ts";
import type { Sqs } from "../sqs.ts";
import { queueAt, urlOf } from "../sqs.ts";

export function listDeadLetterSourceQueues(
  sqs: Sqs,
  input: ListDeadLetterSourceQueuesRequest,
  call: Call,
): ListDeadLetterSourceQueuesResult {
  const { arn } = queueAt(sqs, input.QueueUrl, call.region);
  const sources = sqs.queues.all().filter((queue) => queue.redrivePolicy?.deadLetterTargetArn === arn);
  const { page, next } = pageOfQueues(sources, input);
  return { queueUrls: page.map((queue) => urlOf(sqs, queue)), ...next };
}
