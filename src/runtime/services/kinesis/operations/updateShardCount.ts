import type { UpdateShardCountInput, UpdateShardCountOutput } from "@aws-sdk/client-kinesis";
import { kinesisLimits as limits } from "../../../../model/limits/kinesis.ts";
import type { Call } from "../../../kernel/service.ts";
import { limitExceeded, required } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { streamAt } from "../kinesis.ts";
import { checkProvisioned, checkTarget } from "../reshard.ts";

export function updateShardCount(kinesis: Kinesis, input: UpdateShardCountInput, call: Call): UpdateShardCountOutput {
  const target = required(input.TargetShardCount, "targetShardCount");
  const stream = streamAt(kinesis, input, call.region);
  checkProvisioned(stream);
  const current = stream.openShards().length;
  checkTarget(current, target);
  if (target > limits.shardsPerStream.value)
    throw limitExceeded(`Target shard count ${target} is above the limit of ${limits.shardsPerStream.value} shards.`);
  if (target !== current) {
    stream.divide(target, call.now());
    call.effect({
      action: "update",
      resource: kinesis.streams.ref(stream),
      key: stream.name,
      before: { shards: current },
      after: { shards: target },
    });
  }
  return { StreamName: stream.name, StreamARN: stream.arn, CurrentShardCount: current, TargetShardCount: target };
}
