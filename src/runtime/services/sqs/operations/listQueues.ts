import type { ListQueuesRequest, ListQueuesResult } from "@aws-sdk/client-sqs";
import type { Call } from "../../../kernel/service.ts";
import { checkRange } from "../messageContent.ts";
import type { Sqs } from "../sqs.ts";
import { urlOf } from "../sqs.ts";

export function listQueues(sqs: Sqs, input: ListQueuesRequest, call: Call): ListQueuesResult {
  checkRange("MaxResults", input.MaxResults, 1, 1000, "MaxResults must be an integer between 1 and 1000, if provided.");
  const prefix = input.QueueNamePrefix ?? "";
  const after = input.NextToken === undefined ? "" : Buffer.from(input.NextToken, "base64").toString("utf8");
  const found = sqs.queues
    .all()
    .filter((queue) => queue.region === call.region && queue.name.startsWith(prefix) && queue.name > after)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const page = found.slice(0, input.MaxResults ?? 1000);
  const last = page.at(-1);
  // Without MaxResults AWS gives the first thousand and no token.
  const hasMore = input.MaxResults !== undefined && last !== undefined && page.length < found.length;
  return {
    ...(page.length > 0 ? { QueueUrls: page.map((queue) => urlOf(sqs, queue)) } : {}),
    ...(hasMore ? { NextToken: Buffer.from(last.name).toString("base64") } : {}),
  };
}
