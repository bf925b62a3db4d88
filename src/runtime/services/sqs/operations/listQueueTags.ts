import type { ListQueueTagsRequest, ListQueueTagsResult } from "@aws-sdk/client-sqs";
import type { Call } from "../../../kernel/service.ts";
import type { Sqs } from "../sqs.ts";
import { queueAt } from "../sqs.ts";

export function listQueueTags(sqs: Sqs, input: ListQueueTagsRequest, call: Call): ListQueueTagsResult {
  const { tags } = queueAt(sqs, input.QueueUrl, call.region);
  return Object.keys(tags).length > 0 ? { Tags: tags } : {};
}
