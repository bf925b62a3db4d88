import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from "@aws-sdk/client-eventbridge";
import type { Events } from "../events.ts";
import { taggedAt } from "../tags.ts";

export function listTagsForResource(events: Events, input: ListTagsForResourceRequest): ListTagsForResourceResponse {
  return { Tags: Object.entries(taggedAt(events, input.ResourceARN).tags).map(([Key, Value]) => ({ Key, Value })) };
}
