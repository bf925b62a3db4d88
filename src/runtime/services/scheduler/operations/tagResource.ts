import type { TagResourceInput } from "@aws-sdk/client-scheduler";
import type { Call } from "../../../kernel/service.ts";
import type { Scheduler } from "../scheduler.ts";
import { tagMap, taggedGroup } from "../tags.ts";

export function tagResource(scheduler: Scheduler, input: TagResourceInput, call: Call): void {
  const group = taggedGroup(scheduler, input.ResourceArn);
  scheduler.schedules.saveGroup({ ...group, tags: { ...group.tags, ...tagMap(input.Tags) }, modifiedAt: call.now() });
}
