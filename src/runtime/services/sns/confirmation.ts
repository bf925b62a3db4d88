// Messages that ask an endpoint whether it wants to be subscribed, or tell it that it no longer is.
import type { Call } from "../../kernel/service.ts";
import type { TopicMessage } from "./publish/topicMessage.ts";
import type { Subscription } from "./subscriptions.ts";

export function confirmationOf(
  type: "SubscriptionConfirmation" | "UnsubscribeConfirmation",
  { topicArn, arn, token }: Subscription,
  call: Call,
): TopicMessage {
  return {
    type,
    messageId: call.kernel.ids.uuid(),
    topicArn,
    subject: null,
    body:
      type === "SubscriptionConfirmation"
        ? `You have chosen to subscribe to the topic ${topicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`
        : `You have chosen to deactivate subscription ${arn}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.`,
    bodies: {},
    attributes: {},
    publishedAt: call.now(),
    groupId: null,
    deduplicationId: null,
    sequence: null,
    token,
    cause: call.span,
  };
}
