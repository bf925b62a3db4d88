import type { CreateScheduleInput, CreateScheduleOutput } from "@aws-sdk/client-scheduler";
import type { Call } from "../../../kernel/service.ts";
import { conflict, given } from "../errors.ts";
import { readSettings } from "../readSchedule.ts";
import type { Scheduler } from "../scheduler.ts";

export function createSchedule(scheduler: Scheduler, input: CreateScheduleInput, call: Call): CreateScheduleOutput {
  const name = given(input.Name, "name");
  const group = scheduler.schedules.group(call.region, input.GroupName ?? "default").name;
  const settings = readSettings(input);
  if (scheduler.schedules.find(call.region, group, name) !== undefined) throw conflict(`Schedule ${name} already exists.`);
  const arn = scheduler.schedules.arn(call.region, `schedule/${group}/${name}`);
  const now = call.now();
  scheduler.save({ ...settings, region: call.region, group, name, arn, createdAt: now, modifiedAt: now });
  const resource = scheduler.schedules.ref({ region: call.region, group, name });
  call.target(resource);
  call.effect({ action: "create", resource, key: name, after: { expression: settings.expression, target: settings.target.Arn } });
  return { ScheduleArn: arn };
}
