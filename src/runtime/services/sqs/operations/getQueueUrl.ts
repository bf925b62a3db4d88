import type { GetQueueUrlRequest, GetQueueUrlResult } from "@aws-sdk/client-sqs";
import type { Call } from "../../../kernel/service.ts";
import { missingParameter } from "../errors.ts";
import type { Sqs } from "../sqs.ts";
import { urlOf } from "../sqs.ts";

export function getQueueUrl(sqs: Sqs, input: GetQueueUrlRequest, call: Call): GetQueueUrlResult {
  if (input.QueueName === undefined || input.QueueName === "") throw missingParameter("QueueName");
  return { QueueUrl: urlOf(sqs, sqs.queues.get(call.region, input.QueueName)) };
}
