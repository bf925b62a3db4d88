import type { Json } from "../../../model/json.ts";
import type { Inspection, InspectQuery } from "../../../model/run.ts";
import { AwsError } from "../../kernel/awsError.ts";
import type { Gauge } from "../../kernel/service.ts";
import { endpointResource } from "./delivery/endpoint.ts";
import { deadLetterQueueOf } from "./subscriptionAttributes.ts";
import type { Sns } from "./sns.ts";
import { countsOf } from "./subscriptions.ts";
import type { Subscription } from "./subscriptions.ts";
import type { Topic } from "./topics.ts";

// What the Studio sees of topics: reading it changes nothing.

/** Views `messages` (the recent ones, and whose filter did not let them pass) and `subscriptions`. */
export function inspectTopic(sns: Sns, name: string, region: string, query: InspectQuery): Inspection {
  const topic = sns.topics.get(sns.topics.arnOf(region, name));
  switch (query.view) {
    case "messages":
      return messagesOf(sns, topic, query);
    case "subscriptions":
      return subscriptionsOf(sns, topic, query);
    default:
      throw new AwsError("ValidationException", `SNS has no view "${query.view}"; it has: messages, subscriptions.`);
  }
}

const messageColumns: Inspection["columns"] = [
  { key: "publishedAt", title: "Published", kind: "time" },
  { key: "body", title: "Message", kind: "json" },
  { key: "delivered", title: "Sent to", kind: "text" },
  { key: "unmatched", title: "Not matched", kind: "text" },
  { key: "waiting", title: "Retrying", kind: "number" },
  { key: "messageId", title: "Message ID", kind: "code" },
];

function messagesOf(sns: Sns, topic: Topic, query: InspectQuery): Inspection {
  const filter = query.filter ?? "";
  const before = query.cursor === undefined ? undefined : Number(query.cursor);
  const read = sns.messages.page(topic, before, query.limit);
  const waiting = sns.deliveries.waiting(topic.arn);
  const last = read.at(-1);
  return {
    columns: messageColumns,
    rows: read
      .filter(({ message }) => message.body.includes(filter))
      .map(({ id, message, outcome }) => {
        const retried = waiting.filter((one) => one.message.messageId === message.messageId);
        return {
          id: String(id),
          cells: {
            messageId: message.messageId,
            publishedAt: message.publishedAt,
            delivered: outcome.delivered.map((arn) => endpointName(sns, arn)).join(", "),
            waiting: retried.length,
            unmatched: outcome.filtered.map(({ subscription, why }) => `${endpointName(sns, subscription)}: ${why}`).join(" "),
            body: message.body,
          },
          detail: {
            messageId: message.messageId,
            ...(message.subject === null ? {} : { subject: message.subject }),
            message: message.body,
            ...(Object.keys(message.bodies).length === 0 ? {} : { messageByProtocol: { ...message.bodies } }),
            attributes: Object.fromEntries(Object.entries(message.attributes).map(([name, value]): [string, Json] => [name, { ...value }])),
            ...(message.groupId === null ? {} : { messageGroupId: message.groupId }),
            ...(message.sequence === null ? {} : { sequenceNumber: message.sequence }),
            sentTo: outcome.delivered.map((arn) => endpointName(sns, arn)),
            notMatched: outcome.filtered.map(({ subscription, why }) => ({ subscription: endpointName(sns, subscription), why })),
            retrying: retried.map((one) => ({
              subscription: endpointName(sns, one.subscription),
              attempts: one.attempts,
              nextAttemptAt: new Date(one.dueAt).toISOString(),
            })),
          },
        };
      }),
    total: filter === "" ? sns.messages.count(topic) : null,
    ...(last !== undefined && read.length === query.limit ? { cursor: String(last.id) } : {}),
  };
}

const subscriptionColumns: Inspection["columns"] = [
  { key: "endpoint", title: "Endpoint", kind: "code" },
  { key: "protocol", title: "Protocol", kind: "text" },
  { key: "state", title: "State", kind: "state" },
  { key: "filter", title: "Filter", kind: "json" },
  { key: "waiting", title: "Retrying", kind: "number" },
  { key: "nextAttemptAt", title: "Next try", kind: "time" },
  { key: "raw", title: "Raw", kind: "text" },
  { key: "deadLetters", title: "Dead letters", kind: "code" },
];

function subscriptionsOf(sns: Sns, topic: Topic, query: InspectQuery): Inspection {
  const filter = query.filter ?? "";
  const waiting = sns.deliveries.waiting(topic.arn);
  const all = sns.subscriptions.ofTopic(topic);
  const start = Number(query.cursor ?? 0);
  const found = all.filter((subscription) => subscription.endpoint.includes(filter));
  const page = found.slice(start, start + query.limit);
  return {
    columns: subscriptionColumns,
    rows: page.map((subscription) => {
      const { attributes } = subscription;
      const own = waiting.filter((one) => one.subscription === subscription.arn);
      const next = own.length === 0 ? null : Math.min(...own.map((one) => one.dueAt));
      return {
        id: subscription.arn,
        cells: {
          endpoint: endpointName(sns, subscription.arn),
          protocol: subscription.protocol,
          state: stateOf(subscription),
          filter: attributes["FilterPolicy"] ?? null,
          raw: attributes["RawMessageDelivery"] === "true" ? "yes" : "no",
          deadLetters: deadLetterQueueOf(attributes)?.split(":").at(-1) ?? null,
          waiting: own.length,
          nextAttemptAt: next,
        },
        detail: {
          subscriptionArn: subscription.arn,
          protocol: subscription.protocol,
          endpoint: subscription.endpoint,
          state: stateOf(subscription),
          ...(subscription.state === "pending" ? { confirmationToken: subscription.token } : {}),
          attributes,
        },
      };
    }),
    total: filter === "" ? all.length : null,
    ...(start + query.limit < found.length ? { cursor: String(start + query.limit) } : {}),
  };
}

/** Emails and texts are kept, and go nowhere. */
function stateOf({ protocol, state }: Subscription): string {
  if (["email", "email-json", "sms", "application", "firehose"].includes(protocol)) return "not delivered";
  return state === "pending" ? "pending confirmation" : "confirmed";
}

/** As the design calls it, where it is part of it. */
function endpointName(sns: Sns, arn: string): string {
  const subscription = sns.subscriptions.find(arn);
  if (subscription === undefined) return "a subscription that has ended";
  const { endpoint } = subscription;
  const logicalId = endpointResource(subscription, sns.environment.kernel)?.logicalId;
  return logicalId ?? (endpoint.startsWith("arn:") ? (endpoint.split(":").at(-1) ?? endpoint) : endpoint);
}

export function topicGauges(sns: Sns): Gauge[] {
  return sns.topics.all().flatMap((topic) => {
    const resource = sns.topics.ref(topic);
    const waiting = sns.deliveries.waiting(topic.arn);
    return [
      { resource, name: "subscriptions", value: countsOf(sns.subscriptions.ofTopic(topic)).confirmed },
      { resource, name: "messages", value: sns.messages.count(topic) },
      { resource, name: "retrying", value: waiting.length },
      ...(waiting.length === 0 ? [] : [{ resource, name: "nextAttemptAt", value: Math.min(...waiting.map(({ dueAt }) => dueAt)) }]),
    ];
  });
}
