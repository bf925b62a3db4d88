import { inUse, invalidArgument, shardNotFound, validation } from "./errors.ts";
import { shardNumber } from "./sequence.ts";
import type { Shard, Stream } from "./stream.ts";

/** A stream on demand is divided by AWS alone. */
export function checkProvisioned(stream: Stream): void {
  if (stream.settings.mode === "ON_DEMAND")
    throw validation(stream.arn, "streamARN", "Request is invalid. Stream is in ON_DEMAND mode, in which AWS manages its shards.");
}

export function openShardAt(stream: Stream, id: string, accountId: string): Shard {
  const shard = stream.shard(shardNumber(id));
  if (shard === undefined) throw shardNotFound(id, stream.name, accountId);
  if (shard.closedAt !== null)
    throw inUse(`Shard ${id} in stream ${stream.name} under account ${accountId} has already been merged or split.`);
  return shard;
}

export function checkTarget(current: number, target: number): void {
  if (target > current * 2)
    throw invalidArgument(
      `UpdateShardCount cannot scale up over double your current open shard count. Current open shard count: ${current} Target shard count: ${target}`,
    );
  if (target < current / 2)
    throw invalidArgument(
      `UpdateShardCount cannot scale down below half your current open shard count. Current open shard count: ${current} Target shard count: ${target}`,
    );
}
