import type { UntagResourceInput } from "@aws-sdk/client-scheduler";
import type { Call } from "../../../kernel/service.ts";
import type { Scheduler } from "../scheduler.ts";
import { taggedGroup } from "../tags.ts";

export function untagResource(scheduler: Scheduler, input: UntagResourceInput, call: Call): void {
  const group = taggedGroup(scheduler, input.ResourceArn);
  const gone = new Set(input.TagKeys);
  const tags = Object.fromEntries(Object.entries(group.tags).filter(([key]) => !gone.has(key)));
  scheduler.schedules.saveGroup({ ...group, tags, modifiedAt: call.now() });
}
