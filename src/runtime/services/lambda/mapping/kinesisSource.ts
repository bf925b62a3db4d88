// A Kinesis data stream as a function reads it: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
import { isJsonObject } from "../../../../model/json.ts";
import type { Json, JsonObject } from "../../../../model/json.ts";
import type { Caused, ResourceRef, SpanRef } from "../../../../model/trace.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Kernel } from "../../../kernel/service.ts";
import type { Mapping } from "./mapping.ts";
import { causeOfRecords, hashOf, quietReader } from "./streamSource.ts";
import type { StreamRecord, StreamShard, StreamSource } from "./streamSource.ts";

interface ListedShards {
  readonly Shards: readonly { readonly ShardId: string; readonly ParentShardId?: string; readonly AdjacentParentShardId?: string }[];
  readonly NextToken?: string;
}

interface ReadRecord extends Caused {
  /** Of readers inside the runtime only. */
  readonly ShardId: string;
  readonly SequenceNumber: string;
  readonly ApproximateArrivalTimestamp: Date;
  readonly Data: Uint8Array;
  readonly PartitionKey: string;
}

interface ReadRecords {
  readonly Records: readonly ReadRecord[];
  readonly NextShardIterator?: string;
}

interface Summary {
  readonly StreamDescriptionSummary: { readonly RetentionPeriodHours: number };
}

const hourMilliseconds = 3_600_000;

/** Of a stream, or of a consumer that is registered at it: its records are the same. */
export function kinesisSource(mapping: Mapping, kernel: Kernel, reader: ResourceRef, role: string): StreamSource {
  const [, , , region = mapping.region, accountId = mapping.accountId, path = ""] = mapping.eventSourceArn.split(":");
  const name = path.split("/")[1] ?? "";
  const quietly = quietReader(reader, region, accountId);
  let retentionMilliseconds = 24 * hourMilliseconds;

  async function iteratorAt(shard: string, type: string, signal: AbortSignal, more: object = {}) {
    const input = { StreamName: name, ShardId: shard, ShardIteratorType: type, ...more };
    return kernel.invoke<{ ShardIterator: string; after: string }>("kinesis", "GetShardIterator", input, quietly(signal));
  }

  return {
    resource: kernel.resources.find("kinesis", name, region) ?? { service: "kinesis", type: "AWS::Kinesis::Stream", name, region },
    get retentionMilliseconds() {
      return retentionMilliseconds;
    },
    async shards(signal) {
      const { StreamDescriptionSummary: stream } = await kernel.invoke<Summary>(
        "kinesis",
        "DescribeStreamSummary",
        { StreamName: name },
        quietly(signal),
      );
      retentionMilliseconds = stream.RetentionPeriodHours * hourMilliseconds;
      const shards: StreamShard[] = [];
      let next: string | undefined;
      do {
        const input = next === undefined ? { StreamName: name } : { NextToken: next };
        const { Shards: listed, NextToken: token } = await kernel.invoke<ListedShards>("kinesis", "ListShards", input, quietly(signal));
        shards.push(
          ...listed.map(({ ShardId: id, ParentShardId: parent, AdjacentParentShardId: adjacent }) => ({
            id,
            parentIds: [parent, adjacent].filter((one) => one !== undefined),
          })),
        );
        next = token;
      } while (next !== undefined);
      return shards;
    },
    async lastSequence(shard, signal) {
      return (await iteratorAt(shard, "LATEST", signal)).after;
    },
    async sequenceBefore(shard, moment, signal) {
      return (await iteratorAt(shard, "AT_TIMESTAMP", signal, { Timestamp: new Date(moment) })).after;
    },
    async iterator(shard, after, signal) {
      if (after === undefined) return (await iteratorAt(shard, "TRIM_HORIZON", signal)).ShardIterator;
      try {
        return (await iteratorAt(shard, "AFTER_SEQUENCE_NUMBER", signal, { StartingSequenceNumber: after })).ShardIterator;
      } catch (error) {
        if (!(error instanceof AwsError && error.code === "InvalidArgumentException")) throw error;
        return (await iteratorAt(shard, "TRIM_HORIZON", signal)).ShardIterator;
      }
    },
    async read(iterator, limit, waitSeconds, isWanted, signal) {
      let poll: SpanRef | null = null;
      const recordsOf = (output: unknown) => (output as ReadRecords).Records.map((record) => recordOf(record, mapping, role));
      const caller = quietly(signal, {
        began: (span) => (poll = span),
        poll: { causeOf: (output) => causeOfRecords(recordsOf(output).filter(isWanted)) },
      });
      const input = { ShardIterator: iterator, Limit: limit, WaitTimeSeconds: waitSeconds };
      const output = await kernel.invoke<ReadRecords>("kinesis", "GetRecords", input, caller);
      return { records: recordsOf(output).map((record) => ({ ...record, poll })), next: output.NextShardIterator };
    },
  };
}

/** As Lambda hands it over. */
function recordOf(record: ReadRecord, mapping: Mapping, role: string): StreamRecord {
  const writtenAt = record.ApproximateArrivalTimestamp.getTime();
  const { SequenceNumber: sequenceNumber, PartitionKey: partitionKey, Data: data } = record;
  const kinesis: JsonObject = {
    kinesisSchemaVersion: "1.0",
    partitionKey,
    sequenceNumber,
    data: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64"),
    approximateArrivalTimestamp: writtenAt / 1000,
  };
  return {
    id: sequenceNumber,
    event: {
      kinesis,
      eventSource: "aws:kinesis",
      eventVersion: "1.0",
      eventID: `${record.ShardId}:${sequenceNumber}`,
      eventName: "aws:kinesis:record",
      invokeIdentityArn: role,
      awsRegion: mapping.eventSourceArn.split(":")[3] ?? mapping.region,
      eventSourceARN: mapping.eventSourceArn,
    },
    filtered: { ...kinesis, data: readable(data) },
    cause: record.cause,
    poll: null,
    handle: sequenceNumber,
    writtenAt,
    partition: hashOf(partitionKey),
  };
}

/** Filters see what the data says: JSON where it is, else the text. */
function readable(data: Uint8Array): Json {
  const text = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("utf8");
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : text;
  } catch {
    return text;
  }
}
