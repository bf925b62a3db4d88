import type { SubscribeToShardInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../kernel/service.ts";
import { notFound, required, shardNotFound } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { shardNumber } from "../sequence.ts";
import { startOf } from "../startingPosition.ts";
import { resourceAt } from "../tags.ts";

export function subscribeToShard(kinesis: Kinesis, input: SubscribeToShardInput, call: Call) {
  const arn = required(input.ConsumerARN, "consumerARN");
  const id = required(input.ShardId, "shardId");
  const position = required(input.StartingPosition, "startingPosition");
  const { stream, consumer } = resourceAt(kinesis, arn);
  if (consumer === undefined) throw notFound(`Consumer ${arn} not found.`);
  call.target(kinesis.streams.ref(stream));
  stream.shards();
  const shard = stream.shard(shardNumber(id));
  if (shard === undefined) throw shardNotFound(id, stream.name, call.accountId);
  const start = { type: position.Type, sequenceNumber: position.SequenceNumber, timestamp: position.Timestamp };
  return { EventStream: kinesis.subscriptions.open(arn, stream, shard, startOf(stream, shard, start, call)) };
}
