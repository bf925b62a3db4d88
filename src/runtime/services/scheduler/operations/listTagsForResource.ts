import type { ListTagsForResourceInput, ListTagsForResourceOutput } from "@aws-sdk/client-scheduler";
import type { Scheduler } from "../scheduler.ts";
import { taggedGroup } from "../tags.ts";

export function listTagsForResource(scheduler: Scheduler, input: ListTagsForResourceInput): ListTagsForResourceOutput {
  return { Tags: Object.entries(taggedGroup(scheduler, input.ResourceArn).tags).map(([Key, Value]) => ({ Key, Value })) };
}
