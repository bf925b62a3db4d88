import type { DecreaseStreamRetentionPeriodInput } from "@aws-sdk/client-kinesis";
import { kinesisLimits as limits } from "../../../../model/limits/kinesis.ts";
import type { Call } from "../../../kernel/service.ts";
import { invalidArgument, required } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { streamAt } from "../kinesis.ts";

export function decreaseStreamRetentionPeriod(kinesis: Kinesis, input: DecreaseStreamRetentionPeriodInput, call: Call): void {
  const hours = required(input.RetentionPeriodHours, "retentionPeriodHours");
  const stream = streamAt(kinesis, input, call.region);
  const { retentionHours: before } = stream.settings;
  if (hours < limits.retentionHoursMin.value)
    throw invalidArgument(
      `Minimum allowed retention period is ${limits.retentionHoursMin.value} hours. Requested retention period (${hours} hours) is too short.`,
    );
  if (hours > before)
    throw invalidArgument(
      `Requested retention period (${hours} hours) for stream ${stream.name} can not be longer than existing retention period (${before} hours). Use IncreaseRetentionPeriod API.`,
    );
  stream.change({ retentionHours: hours });
}
