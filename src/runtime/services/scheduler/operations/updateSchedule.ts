import type { UpdateScheduleInput, UpdateScheduleOutput } from "@aws-sdk/client-scheduler";
import type { Call } from "../../../kernel/service.ts";
import { given } from "../errors.ts";
import { readSettings } from "../readSchedule.ts";
import type { Scheduler } from "../scheduler.ts";

/** Replaces all settings: what is not given is as if it had never been. */
export function updateSchedule(scheduler: Scheduler, input: UpdateScheduleInput, call: Call): UpdateScheduleOutput {
  const { region, group, name, arn, createdAt } = scheduler.schedules.get(
    call.region,
    input.GroupName ?? "default",
    given(input.Name, "name"),
  );
  const settings = readSettings(input);
  scheduler.save({ ...settings, region, group, name, arn, createdAt, modifiedAt: call.now() });
  const resource = scheduler.schedules.ref({ region, group, name });
  call.effect({ action: "update", resource, key: name, after: { expression: settings.expression, target: settings.target.Arn } });
  return { ScheduleArn: arn };
}
