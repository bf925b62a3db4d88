import type { ConfirmSubscriptionInput, ConfirmSubscriptionResponse } from "@aws-sdk/client-sns";
import type { Call } from "../../../kernel/service.ts";
import { invalidParameter } from "../errors.ts";
import type { Sns } from "../sns.ts";

/** Comes unsigned from whoever has the token: the topic's ARN says where it belongs. */
export function confirmSubscription(sns: Sns, input: ConfirmSubscriptionInput, call: Call): ConfirmSubscriptionResponse {
  const { TopicArn: topicArn = "", Token: token = "" } = input;
  if (topicArn.split(":").length < 6) throw invalidParameter("TopicArn");
  const topic = sns.topics.get(topicArn);
  if (token === "") throw invalidParameter("Token");
  const subscription = sns.subscriptions.ofTopic(topic).find((one) => one.token === token);
  if (subscription === undefined) throw invalidParameter("Token");
  if (subscription.state === "pending") {
    subscription.state = input.AuthenticateOnUnsubscribe === "true" ? "authenticated" : "confirmed";
    sns.subscriptions.save(subscription);
    call.effect({
      action: "update",
      resource: sns.topics.ref(topic),
      key: subscription.arn,
      before: { state: "pending" },
      after: { state: subscription.state },
    });
  }
  return { SubscriptionArn: subscription.arn };
}
