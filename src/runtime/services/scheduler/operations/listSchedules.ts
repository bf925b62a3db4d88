import type { ListSchedulesInput, ListSchedulesOutput } from "@aws-sdk/client-scheduler";
import type { Call } from "../../../kernel/service.ts";
import { cut, summary } from "../describe.ts";
import type { Scheduler } from "../scheduler.ts";

export function listSchedules(scheduler: Scheduler, input: ListSchedulesInput, call: Call): ListSchedulesOutput {
  const { GroupName: group, NamePrefix: prefix = "", State: state } = input;
  if (group !== undefined) scheduler.schedules.group(call.region, group);
  const found = scheduler.schedules
    .all()
    .filter(
      (one) =>
        one.region === call.region &&
        (group ?? one.group) === one.group &&
        one.name.startsWith(prefix) &&
        (state ?? one.state) === one.state,
    )
    .sort((a, b) => (a.arn < b.arn ? -1 : 1));
  const { page, ...token } = cut(found, input);
  return { Schedules: page.map(summary), ...token };
}
