import type { MergeShardsInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../kernel/service.ts";
import { invalidArgument, required } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { streamAt } from "../kinesis.ts";
import { checkProvisioned, openShardAt } from "../reshard.ts";

export function mergeShards(kinesis: Kinesis, input: MergeShardsInput, call: Call): void {
  const stream = streamAt(kinesis, input, call.region);
  checkProvisioned(stream);
  const one = openShardAt(stream, required(input.ShardToMerge, "shardToMerge"), call.accountId);
  const other = openShardAt(stream, required(input.AdjacentShardToMerge, "adjacentShardToMerge"), call.accountId);
  const [lower, upper] = one.firstHash < other.firstHash ? [one, other] : [other, one];
  if (lower.lastHash + 1n !== upper.firstHash)
    throw invalidArgument(
      `Shards ${input.ShardToMerge ?? ""} and ${input.AdjacentShardToMerge ?? ""} in stream ${stream.name} under account ${call.accountId} are not an adjacent pair of shards eligible for merging`,
    );
  stream.merge(lower, upper, call.now());
}
