import type { SetQueueAttributesRequest } from "@aws-sdk/client-sqs";
import type { Call } from "../../../kernel/service.ts";
import { missingParameter } from "../errors.ts";
import { checkAttributes, checkRedriveAllowPolicy, checkThroughput, merged } from "../queueAttributes.ts";
import type { Sqs } from "../sqs.ts";
import { queueAt } from "../sqs.ts";
import { checkRedrivePolicy } from "./createQueue.ts";

export function setQueueAttributes(sqs: Sqs, input: SetQueueAttributesRequest, call: Call): void {
  const queue = queueAt(sqs, input.QueueUrl, call.region);
  const changes = input.Attributes;
  if (changes === undefined) throw missingParameter("Attribute.Name");
  checkAttributes(changes, queue.isFifo, false);
  checkRedriveAllowPolicy(changes["RedriveAllowPolicy"]);
  checkRedrivePolicy(sqs, changes["RedrivePolicy"], queue.isFifo, queue.arn);
  const before = queue.attributes;
  const after = merged(before, changes);
  checkThroughput(after);
  queue.attributes = after;
  queue.modifiedAt = call.now();
  sqs.queues.save(queue);
  call.effect({
    action: "update",
    resource: sqs.queues.ref(queue),
    key: queue.name,
    before: { attributes: before },
    after: { attributes: queue.attributes },
  });
}
