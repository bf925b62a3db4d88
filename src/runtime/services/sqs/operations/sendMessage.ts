import type { SendMessageRequest, SendMessageResult } from "@aws-sdk/client-sqs";
import type { Call } from "../../../kernel/service.ts";
import { send } from "../send.ts";
import type { Sqs } from "../sqs.ts";
import { queueAt } from "../sqs.ts";

export function sendMessage(sqs: Sqs, input: SendMessageRequest, call: Call): SendMessageResult {
  return send(sqs, queueAt(sqs, input.QueueUrl, call.region), input, call);
}
