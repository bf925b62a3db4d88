import type { TagResourceRequest } from "@aws-sdk/client-eventbridge";
import type { Events } from "../events.ts";
import { tagMap, taggedAt } from "../tags.ts";

export function tagResource(events: Events, input: TagResourceRequest): void {
  const tagged = taggedAt(events, input.ResourceARN);
  tagged.save({ ...tagged.tags, ...tagMap(input.Tags) });
}
