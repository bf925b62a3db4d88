import type { EnhancedMonitoringOutput } from "@aws-sdk/client-kinesis";
import { metricOf, metrics } from "./describe.ts";
import { required } from "./errors.ts";
import type { Stream } from "./stream.ts";

/** Which metrics of shards are wanted is kept; there are none here. */
export function changedMetrics(
  stream: Stream,
  given: readonly string[] | undefined,
  change: (given: readonly string[], before: readonly string[]) => readonly string[],
): EnhancedMonitoringOutput {
  const names = required(given, "shardLevelMetrics").flatMap((name) => (name === "ALL" ? [...metrics] : [name]));
  const before = stream.settings.metrics;
  stream.change({ metrics: change(names, before) });
  const known = (list: readonly string[]) => list.map(metricOf).filter((name) => name !== undefined);
  return {
    StreamName: stream.name,
    StreamARN: stream.arn,
    CurrentShardLevelMetrics: known(before),
    DesiredShardLevelMetrics: known(stream.settings.metrics),
  };
}
