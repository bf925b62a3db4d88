import type { Shard as DescribedShard, StreamDescriptionSummary } from "@aws-sdk/client-kinesis";
import { sequenceNumber, shardId } from "./sequence.ts";
import type { Shard, Stream } from "./stream.ts";

export function describeShard(shard: Shard): DescribedShard {
  return {
    ShardId: shardId(shard.number),
    ...(shard.parent === null ? {} : { ParentShardId: shardId(shard.parent) }),
    ...(shard.adjacentParent === null ? {} : { AdjacentParentShardId: shardId(shard.adjacentParent) }),
    HashKeyRange: { StartingHashKey: String(shard.firstHash), EndingHashKey: String(shard.lastHash) },
    SequenceNumberRange: {
      StartingSequenceNumber: sequenceNumber(shard.firstRecord, shard.number),
      ...(shard.lastRecord === null
        ? {}
        : { EndingSequenceNumber: sequenceNumber(Math.max(shard.lastRecord, shard.firstRecord), shard.number) }),
    },
  };
}

export function describeStream(stream: Stream, consumers: number): StreamDescriptionSummary {
  const { settings } = stream;
  return {
    StreamName: stream.name,
    StreamARN: stream.arn,
    StreamStatus: "ACTIVE",
    StreamModeDetails: { StreamMode: settings.mode },
    RetentionPeriodHours: settings.retentionHours,
    StreamCreationTimestamp: new Date(stream.createdAt),
    EnhancedMonitoring: [{ ShardLevelMetrics: settings.metrics.map((name) => metricOf(name)).filter((name) => name !== undefined) }],
    EncryptionType: settings.keyId === null ? "NONE" : "KMS",
    ...(settings.keyId === null ? {} : { KeyId: settings.keyId }),
    OpenShardCount: stream.openShards().length,
    ConsumerCount: consumers,
    MaxRecordSizeInKiB: settings.maxRecordBytes / 1024,
  };
}

export const metrics = [
  "IncomingBytes",
  "IncomingRecords",
  "OutgoingBytes",
  "OutgoingRecords",
  "WriteProvisionedThroughputExceeded",
  "ReadProvisionedThroughputExceeded",
  "IteratorAgeMilliseconds",
] as const;

export function metricOf(name: string): (typeof metrics)[number] | undefined {
  return metrics.find((metric) => metric === name);
}
