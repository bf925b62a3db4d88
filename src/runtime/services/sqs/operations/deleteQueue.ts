import type { DeleteQueueRequest } from "@aws-sdk/client-sqs";
import type { Call } from "../../../kernel/service.ts";
import type { Sqs } from "../sqs.ts";
import { queueAt } from "../sqs.ts";

export function deleteQueue(sqs: Sqs, input: DeleteQueueRequest, call: Call): void {
  const queue = queueAt(sqs, input.QueueUrl, call.region);
  const resource = sqs.queues.ref(queue);
  sqs.messages.transact(() => {
    sqs.messages.purge(queue);
    sqs.deduplication.forgetQueue(queue.id);
    sqs.queues.delete(queue, call.now());
  });
  call.effect({ action: "delete", resource, key: queue.name, before: { attributes: queue.attributes, tags: queue.tags } });
}
