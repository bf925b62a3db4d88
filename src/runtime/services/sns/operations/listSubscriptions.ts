import type { ListSubscriptionsInput, ListSubscriptionsResponse } from "@aws-sdk/client-sns";
import type { Call } from "../../../kernel/service.ts";
import { pageOf } from "../paging.ts";
import type { Sns } from "../sns.ts";
import { listed } from "../subscriptions.ts";

export function listSubscriptions(sns: Sns, input: ListSubscriptionsInput, call: Call): ListSubscriptionsResponse {
  const all = sns.subscriptions.all().filter(({ topicArn }) => topicArn.split(":")[3] === call.region);
  const { page, next } = pageOf(all, ({ arn }) => arn, input.NextToken);
  return {
    Subscriptions: page.map((subscription) => listed(subscription, call.accountId)),
    ...(next === undefined ? {} : { NextToken: next }),
  };
}
