import type { SetTopicAttributesInput } from "@aws-sdk/client-sns";
import type { Call } from "../../../kernel/service.ts";
import { missing } from "../errors.ts";
import type { Sns } from "../sns.ts";
import { topicAt } from "../sns.ts";
import { archiveDays, checkLargeMessages, checkTopicAttribute, mergedAttributes } from "../topicAttributes.ts";

export function setTopicAttributes(sns: Sns, input: SetTopicAttributesInput, call: Call): void {
  const topic = topicAt(sns, input.TopicArn, call.region);
  const name = input.AttributeName;
  if (name === undefined) throw missing("attributeName");
  const value = input.AttributeValue ?? "";
  checkTopicAttribute(name, value, topic.isFifo);
  if (name === "MaximumMessageSize")
    checkLargeMessages(
      value,
      sns.subscriptions.ofTopic(topic).map(({ protocol }) => protocol),
    );
  const before = topic.attributes;
  topic.attributes = mergedAttributes(before, { [name]: value });
  sns.transact(() => {
    sns.topics.save(topic);
    // an archive ends with all that it holds
    if (archiveDays(before) !== null && archiveDays(topic.attributes) === null) sns.messages.forget(topic);
  });
  call.effect({
    action: "update",
    resource: sns.topics.ref(topic),
    key: topic.name,
    before: { attributes: before },
    after: { attributes: topic.attributes },
  });
}
