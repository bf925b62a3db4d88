import type { SplitShardInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../kernel/service.ts";
import { invalidArgument, required } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { streamAt } from "../kinesis.ts";
import { checkProvisioned, openShardAt } from "../reshard.ts";

export function splitShard(kinesis: Kinesis, input: SplitShardInput, call: Call): void {
  const given = required(input.NewStartingHashKey, "newStartingHashKey");
  const stream = streamAt(kinesis, input, call.region);
  checkProvisioned(stream);
  const shard = openShardAt(stream, required(input.ShardToSplit, "shardToSplit"), call.accountId);
  const at = /^(?:0|[1-9]\d{0,38})$/.test(given) ? BigInt(given) : -1n;
  if (at <= shard.firstHash + 1n || at >= shard.lastHash)
    throw invalidArgument(
      `NewStartingHashKey ${given} used in SplitShard() on shard ${input.ShardToSplit ?? ""} in stream ${stream.name} under account ${call.accountId} is not both greater than one plus the shard's StartingHashKey ${shard.firstHash} and less than the shard's EndingHashKey ${shard.lastHash - 1n}.`,
    );
  stream.split(shard, at, call.now());
}
