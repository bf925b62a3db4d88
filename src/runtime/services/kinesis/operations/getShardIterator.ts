import type { GetShardIteratorInput, GetShardIteratorOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../kernel/service.ts";
import { required, shardNotFound } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { streamAt } from "../kinesis.ts";
import { sequenceNumber, shardNumber } from "../sequence.ts";
import { writeIterator } from "../shardIterator.ts";
import { startOf } from "../startingPosition.ts";

interface Answer extends GetShardIteratorOutput {
  /** The sequence number behind which it begins: for readers inside the runtime that keep it. Not in AWS's schema. */
  readonly after: string;
}

export function getShardIterator(kinesis: Kinesis, input: GetShardIteratorInput, call: Call): Answer {
  const id = required(input.ShardId, "shardId");
  const type = required(input.ShardIteratorType, "shardIteratorType");
  const stream = streamAt(kinesis, input, call.region);
  stream.shards();
  const shard = stream.shard(shardNumber(id));
  if (shard === undefined) throw shardNotFound(id, stream.name, call.accountId);
  const start = { type, sequenceNumber: input.StartingSequenceNumber, timestamp: input.Timestamp };
  const after = startOf(stream, shard, start, call);
  const iterator = { region: stream.region, streamName: stream.name, shard: shard.number, after, at: call.now() };
  return { ShardIterator: writeIterator(iterator), after: sequenceNumber(after, shard.number) };
}
