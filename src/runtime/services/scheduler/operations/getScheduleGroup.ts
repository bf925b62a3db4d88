import type { GetScheduleGroupInput, GetScheduleGroupOutput } from "@aws-sdk/client-scheduler";
import type { Call } from "../../../kernel/service.ts";
import { describeGroup } from "../describe.ts";
import { given } from "../errors.ts";
import type { Scheduler } from "../scheduler.ts";

export function getScheduleGroup(scheduler: Scheduler, input: GetScheduleGroupInput, call: Call): GetScheduleGroupOutput {
  return describeGroup(scheduler.schedules.group(call.region, given(input.Name, "name")));
}
