import type { DisableEnhancedMonitoringInput, EnhancedMonitoringOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../kernel/service.ts";
import type { Kinesis } from "../kinesis.ts";
import { streamAt } from "../kinesis.ts";
import { changedMetrics } from "../monitoring.ts";

export function disableEnhancedMonitoring(kinesis: Kinesis, input: DisableEnhancedMonitoringInput, call: Call): EnhancedMonitoringOutput {
  return changedMetrics(streamAt(kinesis, input, call.region), input.ShardLevelMetrics, (given, before) =>
    before.filter((name) => !given.includes(name)),
  );
}
