// What CreateSchedule and UpdateSchedule take, which is the same.
import type { CreateScheduleInput, Target } from "@aws-sdk/client-scheduler";
import { readSchedule } from "../../../model/eventBridge/schedule.ts";
import { readArn } from "../../../model/eventBridge/targetCall.ts";
import { isTimeZone } from "../../../model/eventBridge/timeZone.ts";
import { given, validation } from "./errors.ts";
import type { Schedule } from "./schedules.ts";

type Settings = Omit<Schedule, "region" | "group" | "name" | "arn" | "createdAt" | "modifiedAt">;

export function readSettings(input: CreateScheduleInput): Settings {
  const { ScheduleExpressionTimezone: timeZone = "UTC", StartDate: start, EndDate: end } = input;
  const expression = given(input.ScheduleExpression, "scheduleExpression");
  if (readSchedule(expression) === undefined) throw validation(`Invalid Schedule Expression ${expression}.`);
  if (!isTimeZone(timeZone)) throw validation(`Invalid Timezone ${timeZone}.`);
  if (start !== undefined && end !== undefined && start.getTime() >= end.getTime())
    throw validation("The StartDate you specify must come before the EndDate.");
  const { State: state = "ENABLED", ActionAfterCompletion: after = "NONE" } = input;
  return {
    expression,
    timeZone,
    ...(start !== undefined && { startAt: start.getTime() }),
    ...(end !== undefined && { endAt: end.getTime() }),
    ...(input.Description !== undefined && { description: input.Description }),
    ...(input.KmsKeyArn !== undefined && { kmsKeyArn: input.KmsKeyArn }),
    state,
    target: readTarget(given(input.Target, "target")),
    windowMinutes: readWindow(input.FlexibleTimeWindow),
    isDeletedAtEnd: after === "DELETE",
  };
}

function readWindow(window: CreateScheduleInput["FlexibleTimeWindow"]): number {
  const { Mode: mode, MaximumWindowInMinutes: minutes } = given(window, "flexibleTimeWindow");
  if (mode === "OFF") {
    if (minutes !== undefined) throw validation("MaximumWindowInMinutes must not be set when the mode is OFF.");
    return 0;
  }
  if (minutes === undefined) throw validation("A MaximumWindowInMinutes must be provided when the mode is FLEXIBLE.");
  return minutes;
}

function readTarget(target: Target): Schedule["target"] {
  const arn = given(target.Arn, "target.arn");
  const roleArn = given(target.RoleArn, "target.roleArn");
  const read = readArn(arn);
  if (read === undefined) throw validation(`Provided Arn is not in correct format: ${arn}.`);
  if (read.service === "sqs" && arn.endsWith(".fifo") && target.SqsParameters?.MessageGroupId === undefined)
    throw validation("SqsParameters with a MessageGroupId must be provided for a FIFO queue.");
  if (read.service === "kinesis" && target.KinesisParameters === undefined)
    throw validation("KinesisParameters must be provided for a Kinesis stream.");
  if (read.service === "events" && target.EventBridgeParameters === undefined)
    throw validation("EventBridgeParameters must be provided for an event bus.");
  return { ...target, Arn: arn, RoleArn: roleArn };
}
