import type { TagResourceRequest } from "@aws-sdk/client-sns";
import type { Call } from "../../../kernel/service.ts";
import { missing } from "../errors.ts";
import type { Sns } from "../sns.ts";
import { taggedTopic } from "../sns.ts";
import { checkTags, tagsOf } from "../tags.ts";

export function tagResource(sns: Sns, input: TagResourceRequest, _call: Call): Record<string, never> {
  const topic = taggedTopic(sns, input.ResourceArn);
  if (input.Tags === undefined) throw missing("tags");
  const tags = { ...topic.tags, ...tagsOf(input.Tags) };
  checkTags(tags);
  topic.tags = tags;
  sns.topics.save(topic);
  return {};
}
