import type { GetTopicAttributesInput, GetTopicAttributesResponse } from "@aws-sdk/client-sns";
import type { Call } from "../../../kernel/service.ts";
import type { Sns } from "../sns.ts";
import { topicAt } from "../sns.ts";
import { countsOf } from "../subscriptions.ts";
import { archiveDays, describeAttributes } from "../topicAttributes.ts";

export function getTopicAttributes(sns: Sns, input: GetTopicAttributesInput, call: Call): GetTopicAttributesResponse {
  const topic = topicAt(sns, input.TopicArn, call.region);
  const attributes = describeAttributes(topic, call.accountId, countsOf(sns.subscriptions.ofTopic(topic)));
  const oldest = archiveDays(topic.attributes) === null ? null : sns.messages.oldest(topic, call.now());
  return { Attributes: { ...attributes, ...(oldest === null ? {} : { BeginningArchiveTime: new Date(oldest).toISOString() }) } };
}
