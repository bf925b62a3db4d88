import type { ConfirmSubscriptionInput, ConfirmSubscriptionResponse } from "@aws-sdk/client-sns";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import { invalidParameter } from "../errors.ts";
import type { Sns } from "../sns.ts";

/** Comes unsigned from whoever has the token: the topic's ARN says where it belongs. */
export function confirmSubscription(sns: Sns, input: ConfirmSubscriptionInput, call: Call): ConfirmSubscriptionResponse {
  const { TopicArn: topicArn = "", Token: token = "" } = input;
  if (topicArn.split(":").length < 6) throw invalidParameter("Topic");
  if (!/^[0-9a-f]+$/.test(token)) throw new AwsError("InvalidParameter", "Invalid token");
  const subscription = sns.subscriptions.all().find((one) => one.token === token);
  if (subscription === undefined) throw invalidParameter("Token");
  // the token is what counts: of the topic's ARN only the region has to be right
  if (topicArn.split(":")[3] !== subscription.topicArn.split(":")[3]) throw invalidParameter("Topic");
  const topic = sns.topics.get(subscription.topicArn);
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
