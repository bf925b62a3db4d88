import type { CreateQueueRequest, CreateQueueResult } from "@aws-sdk/client-sqs";
import { sqsLimits } from "../../../../model/limits/sqs.ts";
import type { Call } from "../../../kernel/service.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import { invalidParameter, missingParameter } from "../errors.ts";
import {
  allowsRedriveFrom,
  checkAttributes,
  checkQueueName,
  checkRedriveAllowPolicy,
  checkThroughput,
  normalized,
  readRedrivePolicy,
  withDefaults,
} from "../queueAttributes.ts";
import type { Queue } from "../queues.ts";
import type { Sqs } from "../sqs.ts";
import { urlOf } from "../sqs.ts";

/** Asking again with the same attributes gives the same queue. */
export function createQueue(sqs: Sqs, input: CreateQueueRequest, call: Call): CreateQueueResult {
  const name = input.QueueName;
  if (name === undefined) throw missingParameter("QueueName");
  const attributes = normalized({ ...input.Attributes });
  const isFifo = attributes["FifoQueue"] === "true";
  checkQueueName(name, isFifo);
  checkAttributes(attributes, isFifo, true);
  checkRedriveAllowPolicy(attributes["RedriveAllowPolicy"]);
  const existing = sqs.queues.find(call.region, name);
  if (existing) return { QueueUrl: urlOf(sqs, sameQueue(existing, attributes)) };
  checkNotJustDeleted(sqs, name, call);
  checkRedrivePolicy(sqs, attributes["RedrivePolicy"], isFifo, `arn:aws:sqs:${call.region}:${call.accountId}:${name}`);
  const all = withDefaults(attributes, isFifo);
  checkThroughput(all);
  const queue = sqs.queues.create(call.region, name, all, { ...input.tags }, call.now());
  const resource = sqs.queues.ref(queue);
  call.target(resource);
  call.effect({ action: "create", resource, key: name, after: { attributes: queue.attributes, tags: queue.tags } });
  return { QueueUrl: urlOf(sqs, queue) };
}

/** A deploy does not wait: what a person takes out of a design and puts back is there again at once. */
function checkNotJustDeleted(sqs: Sqs, name: string, call: Call): void {
  const deletedAt = sqs.queues.deletedAt(call.region, name);
  const seconds = sqsLimits.recreateSeconds.value;
  if (call.calledBy.type !== "client" || deletedAt === undefined || call.now() >= deletedAt + seconds * 1000) return;
  throw new AwsError(
    "QueueDeletedRecently",
    `You must wait ${seconds} seconds after deleting a queue before you can create another with the same name.`,
  );
}

function sameQueue(queue: Queue, attributes: Record<string, string>): Queue {
  for (const [name, value] of Object.entries(attributes)) {
    if ((queue.attributes[name] ?? "") !== value) {
      throw new AwsError("QueueNameExists", `A queue already exists with the same name and a different value for attribute ${name}`);
    }
  }
  return queue;
}

/** A dead-letter queue has to be there, be of the same kind, in the same region, and allow this source. */
export function checkRedrivePolicy(sqs: Sqs, text: string | undefined, isFifo: boolean, sourceArn: string): void {
  const policy = readRedrivePolicy(text);
  if (!policy) return;
  const target = sqs.queues.findByArn(policy.deadLetterTargetArn);
  if (!target || target.region !== sourceArn.split(":")[3])
    throw invalidParameter("RedrivePolicy", text, "Dead letter target does not exist.");
  if (target.isFifo !== isFifo)
    throw invalidParameter("RedrivePolicy", text, "Dead-letter queue must be same type of queue as the source.");
  if (!allowsRedriveFrom(target.attributes["RedriveAllowPolicy"], sourceArn)) {
    throw invalidParameter(
      "RedrivePolicy",
      text,
      `Queue ${sourceArn} is not allowed to use the dead-letter queue by its RedriveAllowPolicy.`,
    );
  }
}
