import type { UntagResourceRequest } from "@aws-sdk/client-eventbridge";
import type { Events } from "../events.ts";
import { taggedAt } from "../tags.ts";

export function untagResource(events: Events, input: UntagResourceRequest): void {
  const tagged = taggedAt(events, input.ResourceARN);
  const gone = new Set(input.TagKeys);
  tagged.save(Object.fromEntries(Object.entries(tagged.tags).filter(([key]) => !gone.has(key))));
}
