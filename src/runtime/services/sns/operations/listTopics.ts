import type { ListTopicsInput, ListTopicsResponse } from "@aws-sdk/client-sns";
import type { Call } from "../../../kernel/service.ts";
import { pageOf } from "../paging.ts";
import type { Sns } from "../sns.ts";

export function listTopics(sns: Sns, input: ListTopicsInput, call: Call): ListTopicsResponse {
  const arns = sns.topics.all().flatMap(({ region, arn }) => (region === call.region ? [arn] : []));
  const { page, next } = pageOf(arns.sort(), (arn) => arn, input.NextToken);
  return { Topics: page.map((TopicArn) => ({ TopicArn })), ...(next === undefined ? {} : { NextToken: next }) };
}
