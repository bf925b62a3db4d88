import type { GetSubscriptionAttributesInput, GetSubscriptionAttributesResponse } from "@aws-sdk/client-sns";
import type { Call } from "../../../kernel/service.ts";
import type { Sns } from "../sns.ts";
import { subscriptionAt } from "../sns.ts";
import { describeSubscription } from "../subscriptionAttributes.ts";

export function getSubscriptionAttributes(sns: Sns, input: GetSubscriptionAttributesInput, call: Call): GetSubscriptionAttributesResponse {
  const subscription = subscriptionAt(sns, input.SubscriptionArn);
  return { Attributes: describeSubscription(subscription, sns.topics.find(subscription.topicArn), call.accountId) };
}
