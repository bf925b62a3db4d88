// What CreateSchedule and UpdateSchedule take, which is the same.
import type { CreateScheduleInput, Target } from "@aws-sdk/client-scheduler";
import { readSchedule } from "../../../model/eventBridge/schedule.ts";
import { readArn } from "../../../model/eventBridge/targetCall.ts";
import { isTimeZone } from "../../../model/eventBridge/timeZone.ts";
import { eventsLimits } from "../../../model/limits/events.ts";
import { constraint, validation } from "./errors.ts";
import type { Schedule } from "./schedules.ts";

type Settings = Omit<Schedule, "region" | "group" | "name" | "arn" | "createdAt" | "modifiedAt">;

const longestWindowMinutes = 1_440;

export function readSettings(input: CreateScheduleInput): Settings {
  const { ScheduleExpression: expression, ScheduleExpressionTimezone: timeZone = "UTC", StartDate: start, EndDate: end } = input;
  if (expression === undefined) throw constraint(expression, "scheduleExpression", "Member must not be null");
  if (readSchedule(expression) === undefined) throw validation(`Invalid Schedule Expression ${expression}.`);
  if (!isTimeZone(timeZone)) throw validation(`Invalid Timezone ${timeZone}.`);
  if (start !== undefined && end !== undefined && start.getTime() >= end.getTime())
    throw validation("The StartDate you specify must come before the EndDate.");
  const { State: state = "ENABLED", ActionAfterCompletion: after = "NONE" } = input;
  if (state !== "ENABLED" && state !== "DISABLED")
    throw constraint(state, "state", "Member must satisfy enum value set: [ENABLED, DISABLED]");
  if (after !== "NONE" && after !== "DELETE")
    throw constraint(after, "actionAfterCompletion", "Member must satisfy enum value set: [NONE, DELETE]");
  return {
    expression,
    timeZone,
    ...(start !== undefined && { startAt: start.getTime() }),
    ...(end !== undefined && { endAt: end.getTime() }),
    ...(input.Description !== undefined && { description: input.Description }),
    ...(input.KmsKeyArn !== undefined && { kmsKeyArn: input.KmsKeyArn }),
    state,
    target: readTarget(input.Target),
    windowMinutes: readWindow(input.FlexibleTimeWindow),
    isDeletedAtEnd: after === "DELETE",
  };
}

function readWindow(window: CreateScheduleInput["FlexibleTimeWindow"]): number {
  if (window?.Mode === undefined) throw constraint(undefined, "flexibleTimeWindow", "Member must not be null");
  if (window.Mode === "OFF") {
    if (window.MaximumWindowInMinutes !== undefined) throw validation("MaximumWindowInMinutes must not be set when the mode is OFF.");
    return 0;
  }
  if (window.Mode !== "FLEXIBLE")
    throw constraint(window.Mode, "flexibleTimeWindow.mode", "Member must satisfy enum value set: [OFF, FLEXIBLE]");
  const minutes = window.MaximumWindowInMinutes;
  if (minutes === undefined) throw validation("A MaximumWindowInMinutes must be provided when the mode is FLEXIBLE.");
  const member = "flexibleTimeWindow.maximumWindowInMinutes";
  if (minutes < 1) throw constraint(minutes, member, "Member must have value greater than or equal to 1");
  if (minutes > longestWindowMinutes)
    throw constraint(minutes, member, `Member must have value less than or equal to ${longestWindowMinutes}`);
  return minutes;
}

function readTarget(target: Target | undefined): Schedule["target"] {
  if (target === undefined) throw constraint(target, "target", "Member must not be null");
  const { Arn: arn, RoleArn: roleArn, SqsParameters: sqs, RetryPolicy: retries } = target;
  if (arn === undefined) throw constraint(arn, "target.arn", "Member must not be null");
  if (roleArn === undefined) throw constraint(roleArn, "target.roleArn", "Member must not be null");
  const read = readArn(arn);
  if (read === undefined) throw validation(`Provided Arn is not in correct format: ${arn}.`);
  if (read.service === "sqs" && arn.endsWith(".fifo") && sqs?.MessageGroupId === undefined)
    throw validation("SqsParameters with a MessageGroupId must be provided for a FIFO queue.");
  if (read.service === "kinesis" && target.KinesisParameters === undefined)
    throw validation("KinesisParameters must be provided for a Kinesis stream.");
  if (read.service === "events" && target.EventBridgeParameters === undefined)
    throw validation("EventBridgeParameters must be provided for an event bus.");
  const attempts = retries?.MaximumRetryAttempts;
  const most = eventsLimits.retryAttemptsMax.value;
  if (attempts !== undefined && (attempts < 0 || attempts > most))
    throw constraint(attempts, "target.retryPolicy.maximumRetryAttempts", `Member must have value between 0 and ${most}`);
  return { ...target, Arn: arn, RoleArn: roleArn };
}
