import type { ListShardsInput, ListShardsOutput, ShardFilter } from "@aws-sdk/client-kinesis";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import { describeShard } from "../describe.ts";
import { invalidArgument } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { nameIn, streamAt } from "../kinesis.ts";
import { shardNumber } from "../sequence.ts";
import type { Shard, Stream } from "../stream.ts";

const tokenMilliseconds = 300_000;

export function listShards(kinesis: Kinesis, input: ListShardsInput, call: Call): ListShardsOutput {
  const limit = input.MaxResults ?? 1000;
  const { stream, after, filter } = input.NextToken === undefined ? started(kinesis, input, call) : continued(kinesis, input, call);
  const shards = filtered(stream, filter).filter(({ number }) => number > after);
  const page = shards.slice(0, limit);
  const last = page.at(-1);
  return {
    Shards: page.map(describeShard),
    ...(shards.length > limit && last !== undefined ? { NextToken: tokenOf(stream, last.number, filter, call.now()) } : {}),
  };
}

interface Position {
  readonly stream: Stream;
  readonly after: number;
  readonly filter: ShardFilter | undefined;
}

function started(kinesis: Kinesis, input: ListShardsInput, call: Call): Position {
  const { ExclusiveStartShardId: start, ShardFilter: filter } = input;
  if (start !== undefined && filter !== undefined)
    throw invalidArgument("ExclusiveStartShardId and ShardFilter must not be specified together.");
  return { stream: streamAt(kinesis, input, call.region), after: start === undefined ? -1 : (shardNumber(start) ?? -1), filter };
}

function continued(kinesis: Kinesis, input: ListShardsInput, call: Call): Position {
  if (nameIn(input) !== undefined) throw invalidArgument("NextToken and StreamName cannot be provided together.");
  const token = parsed(input.NextToken ?? "");
  const [region, name, after, at, filter]: unknown[] = Array.isArray(token) ? token : [];
  if (typeof region !== "string" || typeof name !== "string" || typeof after !== "number" || typeof at !== "number")
    throw invalidArgument("Invalid NextToken.");
  if (call.now() - at > tokenMilliseconds)
    throw new AwsError("ExpiredNextTokenException", "The NextToken has expired: ask again without one.");
  return { stream: kinesis.streams.get(region, name), after, filter: filter === null ? undefined : readFilter(filter) };
}

function tokenOf(stream: Stream, after: number, filter: ShardFilter | undefined, now: number): string {
  return Buffer.from(JSON.stringify([stream.region, stream.name, after, now, filter ?? null])).toString("base64");
}

/** Timestamps have become text on the way through the token. */
function readFilter(given: unknown): ShardFilter {
  const { Type, ShardId, Timestamp } = given as { Type: ShardFilter["Type"]; ShardId?: string; Timestamp?: string };
  return { Type, ...(ShardId !== undefined && { ShardId }), ...(Timestamp !== undefined && { Timestamp: new Date(Timestamp) }) };
}

function filtered(stream: Stream, filter: ShardFilter | undefined): readonly Shard[] {
  const shards = stream.shards();
  if (filter === undefined) return shards;
  const { horizon } = stream;
  const moment = filter.Timestamp?.getTime();
  if (filter.Type?.endsWith("_TIMESTAMP") === true && moment === undefined)
    throw invalidArgument(`Timestamp must be specified for ShardFilter type ${filter.Type}.`);
  const isOpenAt = (shard: Shard, at: number): boolean => shard.openedAt <= at && (shard.closedAt ?? Infinity) > at;
  switch (filter.Type) {
    case "AFTER_SHARD_ID": {
      if (filter.ShardId === undefined) throw invalidArgument("ShardId must be specified for ShardFilter type AFTER_SHARD_ID.");
      const after = shardNumber(filter.ShardId) ?? -1;
      return shards.filter(({ number }) => number > after);
    }
    case "AT_TRIM_HORIZON":
      return shards.filter((shard) => isOpenAt(shard, Math.max(horizon, stream.createdAt)));
    case "FROM_TRIM_HORIZON":
      return shards;
    case "AT_LATEST":
      return stream.openShards();
    case "AT_TIMESTAMP":
      return shards.filter((shard) => isOpenAt(shard, moment ?? 0));
    case "FROM_TIMESTAMP":
      return shards.filter((shard) => (shard.closedAt ?? Infinity) > (moment ?? 0));
    default:
      throw invalidArgument("The type of the ShardFilter is not one of those that Kinesis has.");
  }
}

function parsed(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, "base64").toString("utf8"));
  } catch {
    return undefined;
  }
}
