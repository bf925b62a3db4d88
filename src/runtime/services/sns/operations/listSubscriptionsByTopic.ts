import type { ListSubscriptionsByTopicInput, ListSubscriptionsByTopicResponse } from "@aws-sdk/client-sns";
import type { Call } from "../../../kernel/service.ts";
import { pageOf } from "../paging.ts";
import type { Sns } from "../sns.ts";
import { topicAt } from "../sns.ts";
import { listed } from "../subscriptions.ts";

export function listSubscriptionsByTopic(sns: Sns, input: ListSubscriptionsByTopicInput, call: Call): ListSubscriptionsByTopicResponse {
  const topic = topicAt(sns, input.TopicArn, call.region);
  const { page, next } = pageOf(sns.subscriptions.ofTopic(topic), ({ arn }) => arn, input.NextToken);
  return {
    Subscriptions: page.map((subscription) => listed(subscription, call.accountId)),
    ...(next === undefined ? {} : { NextToken: next }),
  };
}
