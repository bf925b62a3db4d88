// SNS events: the topic's subscription, of the function itself or of a queue that the function reads.
import type { Json, JsonObject } from "../../../json.ts";
import { isJsonObject } from "../../../json.ts";
import { emit, fail, resolveParameters } from "../context.ts";
import type { SamContext } from "../context.ts";
import { getAtt, isSet, mapOf, namedId, ref } from "../json.ts";
import type { EventTarget } from "./functionEvents.ts";
import { emitPermission } from "./permission.ts";
import { words } from "../../../words.ts";

export function emitTopicSubscription(context: SamContext, target: EventTarget, id: string, given: JsonObject): void {
  const { SqsSubscription: through } = given;
  if (!isSet(through)) {
    emitPermission(context, target, { prefix: id, principal: "sns.amazonaws.com", properties: { SourceArn: given.Topic } });
    emitSubscription(context, target, id, given, { protocol: "lambda", endpoint: target.arn });
    return;
  }
  const queue = through === true ? makeQueue(context, target, id, given.Topic) : existingQueue(through);
  emit(
    context,
    target.resource.id,
    `${id}EventSourceMapping`,
    "AWS::Lambda::EventSourceMapping",
    { FunctionName: target.name, EventSourceArn: queue.arn, BatchSize: queue.batchSize, Enabled: true },
    target.resource.passedOn,
  );
  target.managedPolicies.add("service-role/AWSLambdaSQSQueueExecutionRole");
  emitQueuePolicy(context, target, queue.policyId ?? `${id}QueuePolicy`, queue, given.Topic ?? null);
  emitSubscription(context, target, id, given, { protocol: "sqs", endpoint: queue.arn });
}

interface SubscribedQueue {
  readonly arn: Json;
  readonly url: Json;
  readonly batchSize: Json;
  readonly policyId?: string;
}

/** A topic that is FIFO delivers to FIFO queues only. */
function makeQueue(context: SamContext, target: EventTarget, id: string, topic: Json | undefined): SubscribedQueue {
  const topicId = namedId(topic);
  const properties = topicId !== undefined && Object.hasOwn(context.resources, topicId) ? mapOf(context.resources[topicId]).Properties : {};
  const isFifo = resolveParameters(context, mapOf(properties).FifoTopic ?? false);
  emit(
    context,
    target.resource.id,
    `${id}Queue`,
    "AWS::SQS::Queue",
    { FifoQueue: isSet(isFifo) ? isFifo : undefined },
    target.resource.passedOn,
  );
  return { arn: getAtt(`${id}Queue`, "Arn"), url: ref(`${id}Queue`), batchSize: 10 };
}

function existingQueue(given: Json): SubscribedQueue {
  if (!isJsonObject(given))
    fail(words("{{property}} should be true, or a map with QueueArn and QueueUrl.", { property: "SqsSubscription" }), "sam.event");
  if (!isSet(given.QueueArn) || !isSet(given.QueueUrl)) fail(words("SqsSubscription needs QueueArn and QueueUrl."), "sam.event");
  const policyId = given.QueuePolicyLogicalId;
  return {
    arn: given.QueueArn,
    url: given.QueueUrl,
    batchSize: isSet(given.BatchSize) ? given.BatchSize : 10,
    ...(typeof policyId === "string" && policyId !== "" ? { policyId } : {}),
  };
}

function emitQueuePolicy(context: SamContext, target: EventTarget, id: string, queue: SubscribedQueue, topic: Json): void {
  const statement: JsonObject = {
    Action: "sqs:SendMessage",
    Effect: "Allow",
    Principal: "*",
    Resource: queue.arn,
    Condition: { ArnEquals: { "aws:SourceArn": topic } },
  };
  emit(
    context,
    target.resource.id,
    id,
    "AWS::SQS::QueuePolicy",
    { PolicyDocument: { Version: "2012-10-17", Statement: [statement] }, Queues: [queue.url] },
    target.resource.passedOn,
  );
}

function emitSubscription(
  context: SamContext,
  target: EventTarget,
  id: string,
  given: JsonObject,
  { protocol, endpoint }: { readonly protocol: string; readonly endpoint: Json },
): void {
  emit(
    context,
    target.resource.id,
    id,
    "AWS::SNS::Subscription",
    {
      Endpoint: endpoint,
      Protocol: protocol,
      TopicArn: given.Topic,
      Region: given.Region,
      FilterPolicy: given.FilterPolicy,
      FilterPolicyScope: given.FilterPolicyScope,
      RedrivePolicy: given.RedrivePolicy,
    },
    target.resource.passedOn,
  );
}
