import type { DescribeLimitsInput, DescribeLimitsOutput } from "@aws-sdk/client-kinesis";
import { kinesisLimits as limits } from "../../../../model/limits/kinesis.ts";
import type { Call } from "../../../kernel/service.ts";
import type { Kinesis } from "../kinesis.ts";

export function describeLimits(kinesis: Kinesis, _input: DescribeLimitsInput, call: Call): DescribeLimitsOutput {
  const streams = kinesis.streams.all().filter((stream) => stream.region === call.region);
  return {
    ShardLimit: limits.shardsPerStream.value,
    OpenShardCount: streams.reduce((sum, stream) => sum + stream.openShards().length, 0),
    OnDemandStreamCount: streams.filter((stream) => stream.settings.mode === "ON_DEMAND").length,
    OnDemandStreamCountLimit: 50,
  };
}
