import { isJsonObject } from "../../../model/json.ts";
import { normalizedSubscriptionsPolicy, readDeliveryPolicy, writeSubscriptionsPolicy } from "./delivery/deliveryPolicy.ts";
import { invalidParameter } from "./errors.ts";
import { readFilterPolicy } from "./filter/filterPolicy.ts";
import type { FilterPolicy } from "./filter/filterPolicy.ts";
import { jsonProblem, parseJson } from "./parseJson.ts";
import type { Subscription } from "./subscriptions.ts";
import type { Topic } from "./topics.ts";

// Attributes of a subscription as AWS keeps them: https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html

export type SubscriptionAttributes = { [name: string]: string };

/** Where an attribute is given: Subscribe words its refusals otherwise than SetSubscriptionAttributes. */
export interface AttributeTarget {
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly isSubscribing: boolean;
}

const rawProtocols: readonly string[] = ["sqs", "http", "https", "firehose"];

const checks: Readonly<Record<string, (value: string, target: AttributeTarget, prefix: string) => void>> = {
  DeliveryPolicy(value, target, prefix) {
    if (value !== "" && !target.protocol.startsWith("http"))
      throw invalidParameter(`${prefix}Delivery protocol [${target.protocol}] does not support delivery policies.`);
    readDeliveryPolicy(value, `${prefix}DeliveryPolicy`);
  },
  FilterPolicy() {
    // with its scope: below
  },
  FilterPolicyScope(value, _target, prefix) {
    if (value !== "MessageAttributes" && value !== "MessageBody")
      throw invalidParameter(`${prefix}FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`);
  },
  RawMessageDelivery(value, target, prefix) {
    if (value.toLowerCase() !== "true" && value.toLowerCase() !== "false")
      throw invalidParameter(`${prefix}RawMessageDelivery: Invalid value [${value}]. Must be true or false.`);
    if (value.toLowerCase() === "true" && !rawProtocols.includes(target.protocol))
      throw invalidParameter(`${prefix}RawMessageDelivery: Delivery protocol [${target.protocol}] does not support raw message delivery.`);
  },
  RedrivePolicy(value, target, prefix) {
    if (value !== "") checkRedrivePolicy(value, target, `${prefix}RedrivePolicy: `);
  },
  ReplayPolicy(value, target, prefix) {
    if (value === "") return;
    const policy = parseJson(value);
    if (!isJsonObject(policy)) throw invalidParameter(`${prefix}ReplayPolicy: failed to parse JSON.`);
    if (!target.topicArn.endsWith(".fifo")) throw invalidParameter(`${prefix}ReplayPolicy: only FIFO topics can be replayed`);
    const { PointType: type, StartingPoint: start, EndingPoint: end } = policy;
    if (type !== "Timestamp") throw invalidParameter(`${prefix}ReplayPolicy: PointType must be Timestamp`);
    if (typeof start !== "string" || Number.isNaN(Date.parse(start)))
      throw invalidParameter(`${prefix}ReplayPolicy: StartingPoint must be a timestamp`);
    if (end !== undefined && (typeof end !== "string" || Number.isNaN(Date.parse(end))))
      throw invalidParameter(`${prefix}ReplayPolicy: EndingPoint must be a timestamp`);
  },
  SubscriptionRoleArn() {
    // kept
  },
};

/** Refuses what AWS refuses, and gives them as they are kept; with what was there before. */
export function checkedAttributes(
  given: SubscriptionAttributes,
  before: SubscriptionAttributes,
  target: AttributeTarget,
): SubscriptionAttributes {
  const prefix = target.isSubscribing ? "Attributes Reason: " : "";
  const all = { ...before };
  for (const [name, value] of Object.entries(given)) {
    const check = checks[name];
    if (!check) throw invalidParameter(target.isSubscribing ? `${prefix}Unknown attribute: ${name}` : "AttributeName");
    check(value, target, prefix);
    if (value === "") delete all[name];
    else all[name] = kept(name, value);
  }
  readFilterPolicy(all["FilterPolicy"], scopeOf(all), prefix);
  return all;
}

/** As AWS writes it. */
function kept(name: string, value: string): string {
  if (name === "RawMessageDelivery") return value.toLowerCase();
  return name === "DeliveryPolicy" ? normalizedSubscriptionsPolicy(value) : value;
}

/** The filter of attributes that were checked when they were given. */
export function filterOf(attributes: SubscriptionAttributes): FilterPolicy | undefined {
  return readFilterPolicy(attributes["FilterPolicy"], scopeOf(attributes), "");
}

function scopeOf(attributes: SubscriptionAttributes): "MessageAttributes" | "MessageBody" {
  return attributes["FilterPolicyScope"] === "MessageBody" ? "MessageBody" : "MessageAttributes";
}

/** The queue that a subscription's dead letters go to. */
export function deadLetterQueueOf(attributes: SubscriptionAttributes): string | undefined {
  const policy = parseJson(attributes["RedrivePolicy"] ?? "");
  const arn = isJsonObject(policy) ? policy["deadLetterTargetArn"] : undefined;
  return typeof arn === "string" ? arn : undefined;
}

export function isRaw(attributes: SubscriptionAttributes): boolean {
  return attributes["RawMessageDelivery"] === "true";
}

/** As GetSubscriptionAttributes answers. */
export function describeSubscription(subscription: Subscription, topic: Topic | undefined, accountId: string): SubscriptionAttributes {
  const { attributes } = subscription;
  const isHttp = subscription.protocol.startsWith("http");
  return {
    SubscriptionArn: subscription.arn,
    TopicArn: subscription.topicArn,
    Protocol: subscription.protocol,
    Endpoint: subscription.endpoint,
    Owner: accountId,
    PendingConfirmation: String(subscription.state === "pending"),
    ConfirmationWasAuthenticated: String(subscription.state === "authenticated"),
    SubscriptionPrincipal: `arn:aws:iam::${accountId}:root`,
    RawMessageDelivery: "false",
    ...(attributes["FilterPolicy"] === undefined ? {} : { FilterPolicyScope: "MessageAttributes" }),
    ...withoutIdleScope(attributes),
    ...(isHttp
      ? { EffectiveDeliveryPolicy: writeSubscriptionsPolicy(topic?.attributes["DeliveryPolicy"], attributes["DeliveryPolicy"]) }
      : {}),
  };
}

/** AWS shows the scope only of a filter that is there. */
function withoutIdleScope(attributes: SubscriptionAttributes): SubscriptionAttributes {
  if (attributes["FilterPolicy"] !== undefined) return attributes;
  const { FilterPolicyScope: _scope, ...others } = attributes;
  return others;
}

function checkRedrivePolicy(value: string, target: AttributeTarget, prefix: string): void {
  const policy = parseJson(value);
  if (!isJsonObject(policy)) throw invalidParameter(`${prefix}${jsonProblem(value)}`);
  const arn = policy["deadLetterTargetArn"];
  if (typeof arn !== "string" || arn.split(":").length < 6) throw invalidParameter(`${prefix}deadLetterTargetArn is an invalid arn`);
  const [, , service, region] = arn.split(":");
  if (service !== "sqs") throw invalidParameter(`${prefix}deadLetterTargetArn must be the ARN of an SQS queue`);
  if (region !== target.topicArn.split(":")[3])
    throw invalidParameter(`${prefix}deadLetterTargetArn must be in the same region as the subscription`);
  if (target.topicArn.endsWith(".fifo") && target.endpoint.endsWith(".fifo") && !arn.endsWith(".fifo"))
    throw invalidParameter(`${prefix}must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.`);
}
