import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from "@aws-sdk/client-sns";
import type { Sns } from "../sns.ts";
import { taggedTopic } from "../sns.ts";

export function listTagsForResource(sns: Sns, input: ListTagsForResourceRequest): ListTagsForResourceResponse {
  const { tags } = taggedTopic(sns, input.ResourceArn);
  return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
}
