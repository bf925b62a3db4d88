import type { ListQueuesRequest, ListQueuesResult } from "@aws-sdk/client-sqs";
import type { Call } from "../../../kernel/service.ts";
import { pageOfQueues } from "../queuePage.ts";
import type { Sqs } from "../sqs.ts";
import { urlOf } from "../sqs.ts";

export function listQueues(sqs: Sqs, input: ListQueuesRequest, call: Call): ListQueuesResult {
  const prefix = input.QueueNamePrefix ?? "";
  const named = sqs.queues.all().filter((queue) => queue.region === call.region && queue.name.startsWith(prefix));
  const { page, next } = pageOfQueues(named, input);
  return { ...(page.length > 0 ? { QueueUrls: page.map((queue) => urlOf(sqs, queue)) } : {}), ...next };
}
