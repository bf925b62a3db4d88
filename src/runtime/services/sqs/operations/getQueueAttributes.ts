import type { GetQueueAttributesRequest, GetQueueAttributesResult } from "@aws-sdk/client-sqs";
import type { Call } from "../../../kernel/service.ts";
import { unknownAttribute } from "../errors.ts";
import { computedAttributes, isKnownAttribute } from "../queueAttributes.ts";
import { expireMessages } from "../receive.ts";
import type { Sqs } from "../sqs.ts";
import { queueAt } from "../sqs.ts";

export function getQueueAttributes(sqs: Sqs, input: GetQueueAttributesRequest, call: Call): GetQueueAttributesResult {
  const queue = queueAt(sqs, input.QueueUrl, call.region);
  const names: readonly string[] = input.AttributeNames ?? [];
  if (input.AttributeNames?.length === 0) throw unknownAttribute("");
  for (const name of names) if (!isKnownAttribute(name, queue.isFifo)) throw unknownAttribute(name);
  if (names.length === 0) return {};
  expireMessages(sqs, queue, call);
  const counts = sqs.messages.counts(queue, call.now());
  const computed: Record<string, string> = {
    QueueArn: queue.arn,
    CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.modifiedAt / 1000)),
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
  };
  const all: Record<string, string> = {
    ...Object.fromEntries(computedAttributes.map((name) => [name, computed[name] ?? ""])),
    ...queue.attributes,
  };
  const isWanted = (name: string): boolean => names.includes("All") || names.includes(name);
  const wanted = Object.entries(all).filter(([name]) => isWanted(name));
  return wanted.length > 0 ? { Attributes: Object.fromEntries(wanted) } : {};
}
