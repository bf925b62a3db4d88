import type { ListDeadLetterSourceQueuesRequest, ListDeadLetterSourceQueuesResult } from "@aws-sdk/client-sqs";
import type { Call } from "../../../kernel/service.ts";
import type { Sqs } from "../sqs.ts";
import { queueAt, urlOf } from "../sqs.ts";

export function listDeadLetterSourceQueues(
  sqs: Sqs,
  input: ListDeadLetterSourceQueuesRequest,
  call: Call,
): ListDeadLetterSourceQueuesResult {
  const { arn } = queueAt(sqs, input.QueueUrl, call.region);
  const after = input.NextToken === undefined ? "" : Buffer.from(input.NextToken, "base64").toString("utf8");
  const found = sqs.queues
    .all()
    .filter((queue) => queue.redrivePolicy?.deadLetterTargetArn === arn && queue.name > after)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const page = found.slice(0, input.MaxResults ?? 1000);
  const last = page.at(-1);
  return {
    queueUrls: page.map((queue) => urlOf(sqs, queue)),
    ...(last !== undefined && page.length < found.length ? { NextToken: Buffer.from(last.name).toString("base64") } : {}),
  };
}
