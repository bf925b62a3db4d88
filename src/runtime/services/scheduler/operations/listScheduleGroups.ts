import type { ListScheduleGroupsInput, ListScheduleGroupsOutput } from "@aws-sdk/client-scheduler";
import type { Call } from "../../../kernel/service.ts";
import { cut, describeGroup } from "../describe.ts";
import type { Scheduler } from "../scheduler.ts";

export function listScheduleGroups(scheduler: Scheduler, input: ListScheduleGroupsInput, call: Call): ListScheduleGroupsOutput {
  const found = scheduler.schedules.groups(call.region).filter(({ name }) => name.startsWith(input.NamePrefix ?? ""));
  const { page, ...token } = cut(found, input);
  return { ScheduleGroups: page.map(describeGroup), ...token };
}
