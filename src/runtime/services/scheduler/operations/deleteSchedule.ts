import type { DeleteScheduleInput } from "@aws-sdk/client-scheduler";
import type { Call } from "../../../kernel/service.ts";
import { given } from "../errors.ts";
import type { Scheduler } from "../scheduler.ts";

export function deleteSchedule(scheduler: Scheduler, input: DeleteScheduleInput, call: Call): void {
  const schedule = scheduler.schedules.get(call.region, input.GroupName ?? "default", given(input.Name, "name"));
  call.effect({ action: "delete", resource: scheduler.schedules.ref(schedule), key: schedule.name });
  scheduler.delete(schedule);
}
