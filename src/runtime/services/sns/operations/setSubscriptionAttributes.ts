import type { SetSubscriptionAttributesInput } from "@aws-sdk/client-sns";
import type { Call } from "../../../kernel/service.ts";
import { beginReplay } from "../archive.ts";
import { missing } from "../errors.ts";
import type { Sns } from "../sns.ts";
import { checkFilterCount, subscriptionAt } from "../sns.ts";
import { checkedAttributes, filterOf } from "../subscriptionAttributes.ts";

export async function setSubscriptionAttributes(sns: Sns, input: SetSubscriptionAttributesInput, call: Call): Promise<void> {
  const subscription = subscriptionAt(sns, input.SubscriptionArn);
  const name = input.AttributeName;
  if (name === undefined) throw missing("attributeName");
  const before = subscription.attributes;
  const { topicArn, protocol, endpoint } = subscription;
  const target = { topicArn, protocol, endpoint, isSubscribing: false };
  const topic = sns.topics.get(topicArn);
  const after = checkedAttributes({ [name]: input.AttributeValue ?? "" }, before, target);
  if (subscription.filter === undefined && filterOf(after) !== undefined) checkFilterCount(sns, topic);
  subscription.attributes = after;
  sns.subscriptions.save(subscription);
  call.effect({
    action: "update",
    resource: sns.topics.ref(topic),
    key: subscription.arn,
    before: { attributes: before },
    after: { attributes: subscription.attributes },
  });
  if (name === "ReplayPolicy") await beginReplay(sns, topic, subscription, call);
}
