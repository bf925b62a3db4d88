import type { GetScheduleGroupInput, GetScheduleGroupOutput } from "@aws-sdk/client-scheduler";
import type { Call } from "../../../kernel/service.ts";
import { describeGroup } from "../describe.ts";
import { checkName } from "../errors.ts";
import type { Scheduler } from "../scheduler.ts";

export function getScheduleGroup(scheduler: Scheduler, input: GetScheduleGroupInput, call: Call): GetScheduleGroupOutput {
  return describeGroup(scheduler.schedules.group(call.region, checkName(input.Name, "name")));
}
