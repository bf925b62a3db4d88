import type { DeleteScheduleGroupInput } from "@aws-sdk/client-scheduler";
import type { Call } from "../../../kernel/service.ts";
import { given, validation } from "../errors.ts";
import type { Scheduler } from "../scheduler.ts";

/** Its schedules go with it. */
export function deleteScheduleGroup(scheduler: Scheduler, input: DeleteScheduleGroupInput, call: Call): void {
  const group = scheduler.schedules.group(call.region, given(input.Name, "name"));
  if (group.name === "default") throw validation("You cannot delete the default schedule group.");
  for (const schedule of scheduler.schedules.all())
    if (schedule.region === group.region && schedule.group === group.name) scheduler.delete(schedule);
  scheduler.schedules.deleteGroup(group);
}
