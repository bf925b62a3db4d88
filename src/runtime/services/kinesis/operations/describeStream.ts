import type { DescribeStreamInput, DescribeStreamOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../kernel/service.ts";
import { describeShard, describeStream as described } from "../describe.ts";
import type { Kinesis } from "../kinesis.ts";
import { streamAt } from "../kinesis.ts";
import { shardNumber } from "../sequence.ts";

export function describeStream(kinesis: Kinesis, input: DescribeStreamInput, call: Call): DescribeStreamOutput {
  const stream = streamAt(kinesis, input, call.region);
  const limit = input.Limit ?? 100;
  const after = input.ExclusiveStartShardId === undefined ? -1 : (shardNumber(input.ExclusiveStartShardId) ?? -1);
  const shards = stream.shards().filter(({ number }) => number > after);
  const { OpenShardCount: _open, ConsumerCount: _consumers, MaxRecordSizeInKiB: _size, ...whole } = described(stream, 0);
  return { StreamDescription: { ...whole, Shards: shards.slice(0, limit).map(describeShard), HasMoreShards: shards.length > limit } };
}
