import type { CreateTopicInput, CreateTopicResponse } from "@aws-sdk/client-sns";
import type { Call } from "../../../kernel/service.ts";
import { invalidParameter, missing } from "../errors.ts";
import type { Sns } from "../sns.ts";
import { checkTags, tagsOf } from "../tags.ts";
import { checkTopicAttributes, mergedAttributes } from "../topicAttributes.ts";
import type { TopicAttributes } from "../topicAttributes.ts";
import type { Topic } from "../topics.ts";

/** Asking again with the same attributes gives the same topic. */
export function createTopic(sns: Sns, input: CreateTopicInput, call: Call): CreateTopicResponse {
  const name = input.Name;
  if (name === undefined) throw missing("name");
  const given: TopicAttributes = {
    ...input.Attributes,
    ...(input.DataProtectionPolicy === undefined ? {} : { DataProtectionPolicy: input.DataProtectionPolicy }),
  };
  const isFifo = given["FifoTopic"]?.toLowerCase() === "true";
  checkName(name, isFifo);
  if (isFifo) given["FifoTopic"] = "true";
  checkTopicAttributes(given, isFifo);
  const tags = tagsOf(input.Tags ?? []);
  checkTags(tags);
  const existing = sns.topics.named(call.region, name);
  if (existing) return { TopicArn: sameTopic(existing, given, tags).arn };
  const topic = sns.topics.create(call.region, name, mergedAttributes({}, given), tags, call.now());
  const resource = sns.topics.ref(topic);
  call.target(resource);
  call.effect({ action: "create", resource, key: name, after: { attributes: topic.attributes, tags: topic.tags } });
  return { TopicArn: topic.arn };
}

function sameTopic(topic: Topic, attributes: Record<string, string>, tags: Record<string, string>): Topic {
  for (const [name, value] of Object.entries(attributes)) {
    if ((topic.attributes[name] ?? (value === "false" ? "false" : "")) !== value)
      throw invalidParameter("Attributes Reason: Topic already exists with different attributes");
  }
  for (const [key, value] of Object.entries(tags)) {
    if (topic.tags[key] !== value) throw invalidParameter("Tags Reason: Topic already exists with different tags");
  }
  return topic;
}

function checkName(name: string, isFifo: boolean): void {
  if (isFifo) {
    if (/^[A-Za-z0-9_-]{1,251}\.fifo$/.test(name)) return;
    throw invalidParameter(
      "Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256 characters long.",
    );
  }
  if (!/^[A-Za-z0-9_-]{1,256}$/.test(name)) throw invalidParameter("Topic Name");
}
