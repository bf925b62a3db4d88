import type { SetQueueAttributesRequest } from "@aws-sdk/client-sqs";
import { sqsLimits } from "../../../../model/limits/sqs.ts";
import type { Call } from "../../../kernel/service.ts";
import { missingParameter } from "../errors.ts";
import { checkAttributes, checkRedriveAllowPolicy, checkThroughput, merged, normalized } from "../queueAttributes.ts";
import type { Sqs } from "../sqs.ts";
import { queueAt } from "../sqs.ts";
import { checkRedrivePolicy } from "./createQueue.ts";

export function setQueueAttributes(sqs: Sqs, input: SetQueueAttributesRequest, call: Call): void {
  const queue = queueAt(sqs, input.QueueUrl, call.region);
  if (input.Attributes === undefined) throw missingParameter("Attribute.Name");
  const changes = normalized(input.Attributes);
  checkAttributes(changes, queue.isFifo, false);
  checkRedriveAllowPolicy(changes["RedriveAllowPolicy"]);
  checkRedrivePolicy(sqs, changes["RedrivePolicy"], queue.isFifo, queue.arn);
  const before = queue.attributes;
  const after = merged(before, changes);
  checkThroughput(after);
  if (before["DeduplicationScope"] !== after["DeduplicationScope"])
    queue.scopeBefore = { scope: before["DeduplicationScope"], until: call.now() + sqsLimits.propagationSeconds.value * 1000 };
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
