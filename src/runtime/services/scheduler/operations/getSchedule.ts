import type { GetScheduleInput, GetScheduleOutput } from "@aws-sdk/client-scheduler";
import type { Call } from "../../../kernel/service.ts";
import { summary } from "../describe.ts";
import { given } from "../errors.ts";
import type { Scheduler } from "../scheduler.ts";

export function getSchedule(scheduler: Scheduler, input: GetScheduleInput, call: Call): GetScheduleOutput {
  const schedule = scheduler.schedules.get(call.region, input.GroupName ?? "default", given(input.Name, "name"));
  return {
    ...summary(schedule),
    ScheduleExpression: schedule.expression,
    ScheduleExpressionTimezone: schedule.timeZone,
    ...(schedule.startAt !== undefined && { StartDate: new Date(schedule.startAt) }),
    ...(schedule.endAt !== undefined && { EndDate: new Date(schedule.endAt) }),
    ...(schedule.description !== undefined && { Description: schedule.description }),
    ...(schedule.kmsKeyArn !== undefined && { KmsKeyArn: schedule.kmsKeyArn }),
    Target: {
      ...schedule.target,
      RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185, ...schedule.target.RetryPolicy },
    },
    FlexibleTimeWindow:
      schedule.windowMinutes === 0 ? { Mode: "OFF" } : { Mode: "FLEXIBLE", MaximumWindowInMinutes: schedule.windowMinutes },
    ActionAfterCompletion: schedule.isDeletedAtEnd ? "DELETE" : "NONE",
  };
}
