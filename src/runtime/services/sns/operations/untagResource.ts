import type { UntagResourceRequest } from "@aws-sdk/client-sns";
import { missing } from "../errors.ts";
import type { Sns } from "../sns.ts";
import { taggedTopic } from "../sns.ts";

export function untagResource(sns: Sns, input: UntagResourceRequest): Record<string, never> {
  const topic = taggedTopic(sns, input.ResourceArn);
  const gone = input.TagKeys;
  if (gone === undefined) throw missing("tagKeys");
  topic.tags = Object.fromEntries(Object.entries(topic.tags).filter(([key]) => !gone.includes(key)));
  sns.topics.save(topic);
  return {};
}
