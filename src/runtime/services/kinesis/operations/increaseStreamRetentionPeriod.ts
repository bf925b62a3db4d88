import type { IncreaseStreamRetentionPeriodInput } from "@aws-sdk/client-kinesis";
import { kinesisLimits as limits } from "../../../../model/limits/kinesis.ts";
import type { Call } from "../../../kernel/service.ts";
import { invalidArgument, required } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { streamAt } from "../kinesis.ts";

export function increaseStreamRetentionPeriod(kinesis: Kinesis, input: IncreaseStreamRetentionPeriodInput, call: Call): void {
  const hours = required(input.RetentionPeriodHours, "retentionPeriodHours");
  const stream = streamAt(kinesis, input, call.region);
  const { retentionHours: before } = stream.settings;
  if (hours > limits.retentionHoursMax.value)
    throw invalidArgument(
      `Maximum allowed retention period is ${limits.retentionHoursMax.value} hours. Requested retention period (${hours} hours) is too long.`,
    );
  if (hours < before)
    throw invalidArgument(
      `Requested retention period (${hours} hours) for stream ${stream.name} can not be shorter than existing retention period (${before} hours). Use DecreaseRetentionPeriod API.`,
    );
  stream.change({ retentionHours: hours });
}
