import type { CreateScheduleGroupInput, CreateScheduleGroupOutput } from "@aws-sdk/client-scheduler";
import type { Call } from "../../../kernel/service.ts";
import { conflict, given } from "../errors.ts";
import type { Scheduler } from "../scheduler.ts";
import { tagMap } from "../tags.ts";

export function createScheduleGroup(scheduler: Scheduler, input: CreateScheduleGroupInput, call: Call): CreateScheduleGroupOutput {
  const name = given(input.Name, "name");
  if (scheduler.schedules.findGroup(call.region, name) !== undefined) throw conflict(`Schedule group ${name} already exists.`);
  const arn = scheduler.schedules.arn(call.region, `schedule-group/${name}`);
  scheduler.schedules.saveGroup({
    region: call.region,
    name,
    arn,
    tags: tagMap(input.Tags),
    createdAt: call.now(),
    modifiedAt: call.now(),
  });
  return { ScheduleGroupArn: arn };
}
