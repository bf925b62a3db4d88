// A table's stream, read through the DynamoDB Streams API: its shards, and the records of one of them as the function gets them.
import { AwsError } from "../../../kernel/awsError.ts";
import { isJsonObject } from "../../../../model/json.ts";
import type { Json, JsonObject } from "../../../../model/json.ts";
import type { Caused, ResourceRef, SpanRef } from "../../../../model/trace.ts";
import type { Caller, Kernel } from "../../../kernel/service.ts";
import type { Mapping } from "./mapping.ts";
import type { SourceRecord } from "./source.ts";

export interface StreamShard {
  readonly id: string;
  /** It goes on from these: one that was split, two that were merged. */
  readonly parentIds: readonly string[];
}

export interface StreamRecord extends SourceRecord {
  /** When it was written, to the second. */
  readonly writtenAt: number;
  /** Of one partition key; records of one key are handled in order. */
  readonly partition: number;
}

export interface StreamPage {
  readonly records: readonly StreamRecord[];
  /** Absent: the shard has ended. */
  readonly next: string | undefined;
}

export interface StreamSource {
  readonly resource: ResourceRef;
  /** How long the stream keeps a record: it is tried no longer than that. */
  readonly retentionMilliseconds: number;
  shards(signal: AbortSignal): Promise<readonly StreamShard[]>;
  /** The number of the last record of all that are there now. */
  lastSequence(shard: string, signal: AbortSignal): Promise<string>;
  /** The number behind which the records of a moment and later begin; only of streams that a mapping may begin to read there. */
  sequenceBefore?(shard: string, moment: number, signal: AbortSignal): Promise<string>;
  /** An iterator behind a record, or at the oldest record; what is too old is passed over. */
  iterator(shard: string, after: string | undefined, signal: AbortSignal): Promise<string>;
  /** Waits for a first record. Only when one of them is wanted does the reading leave a trace. */
  read(
    iterator: string,
    limit: number,
    waitSeconds: number,
    isWanted: (record: StreamRecord) => boolean,
    signal: AbortSignal,
  ): Promise<StreamPage>;
}

interface DescribedStream {
  readonly StreamDescription: {
    readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType: string }[];
    readonly Shards: readonly { readonly ShardId: string; readonly ParentShardId?: string }[];
    readonly LastEvaluatedShardId?: string;
  };
}

interface ReadRecord extends Caused {
  readonly eventID: string;
  readonly eventName: string;
  readonly awsRegion: string;
  readonly dynamodb: {
    readonly ApproximateCreationDateTime: Date;
    readonly Keys: Readonly<Record<string, unknown>>;
    readonly NewImage?: Readonly<Record<string, unknown>>;
    readonly OldImage?: Readonly<Record<string, unknown>>;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: string;
  };
  readonly userIdentity?: { readonly PrincipalId: string; readonly Type: string };
}

interface ReadRecords {
  readonly Records: readonly ReadRecord[];
  readonly NextShardIterator?: string;
}

const tableRetentionMilliseconds = 24 * 3_600_000;

/** The polls of a mapping are nobody's work: those that find nothing leave no trace. */
export function quietReader(reader: ResourceRef, region: string, accountId: string) {
  return (signal: AbortSignal, more: Partial<Caller> = {}): Caller => ({
    cause: null,
    actor: { type: "resource", resource: reader },
    region,
    accountId,
    signal,
    poll: { causeOf: () => undefined },
    ...more,
  });
}

export function streamSource(mapping: Mapping, kernel: Kernel, reader: ResourceRef): StreamSource {
  const [, , , region = mapping.region, accountId = mapping.accountId, path = ""] = mapping.eventSourceArn.split(":");
  const name = path.split("/")[1] ?? "";
  const quietly = quietReader(reader, region, accountId);
  let partitionKey = "";

  async function iteratorAt(shard: string, type: string, signal: AbortSignal, after?: string) {
    const input = {
      StreamArn: mapping.eventSourceArn,
      ShardId: shard,
      ShardIteratorType: type,
      ...(after !== undefined && { SequenceNumber: after }),
    };
    return kernel.invoke<{ ShardIterator: string; after: string }>("dynamodb", "GetShardIterator", input, quietly(signal));
  }

  return {
    resource: kernel.resources.find("dynamodb", name, region) ?? { service: "dynamodb", type: "AWS::DynamoDB::Table", name, region },
    retentionMilliseconds: tableRetentionMilliseconds,
    async shards(signal) {
      const shards: StreamShard[] = [];
      let after: string | undefined;
      do {
        const input = { StreamArn: mapping.eventSourceArn, ...(after !== undefined && { ExclusiveStartShardId: after }) };
        const { StreamDescription: stream } = await kernel.invoke<DescribedStream>("dynamodb", "DescribeStream", input, quietly(signal));
        partitionKey = stream.KeySchema.find((key) => key.KeyType === "HASH")?.AttributeName ?? "";
        shards.push(
          ...stream.Shards.map(({ ShardId: id, ParentShardId: parent }) => ({ id, parentIds: parent === undefined ? [] : [parent] })),
        );
        after = stream.LastEvaluatedShardId;
      } while (after !== undefined);
      return shards;
    },
    async lastSequence(shard, signal) {
      return (await iteratorAt(shard, "LATEST", signal)).after;
    },
    async iterator(shard, after, signal) {
      if (after === undefined) return (await iteratorAt(shard, "TRIM_HORIZON", signal)).ShardIterator;
      try {
        return (await iteratorAt(shard, "AFTER_SEQUENCE_NUMBER", signal, after)).ShardIterator;
      } catch (error) {
        if (!(error instanceof AwsError && error.code === "TrimmedDataAccessException")) throw error;
        return (await iteratorAt(shard, "TRIM_HORIZON", signal)).ShardIterator;
      }
    },
    async read(iterator, limit, waitSeconds, isWanted, signal) {
      let poll: SpanRef | null = null;
      const recordsOf = (output: unknown) => (output as ReadRecords).Records.map((record) => recordOf(record, mapping, partitionKey));
      const caller = quietly(signal, {
        began: (span) => (poll = span),
        poll: { causeOf: (output) => causeOfRecords(recordsOf(output).filter(isWanted)) },
      });
      const input = { ShardIterator: iterator, Limit: limit, WaitTimeSeconds: waitSeconds };
      const output = await kernel.invoke<ReadRecords>("dynamodb", "GetRecords", input, caller);
      return { records: recordsOf(output).map((record) => ({ ...record, poll })), next: output.NextShardIterator };
    },
  };
}

/** One record's trace goes on; several begin one of their own, linked to each. */
export function causeOfRecords(records: readonly SourceRecord[]): SpanRef | null | undefined {
  if (records.length === 0) return undefined;
  return records.length === 1 ? (records[0]?.cause ?? null) : null;
}

/** As Lambda hands it over: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
function recordOf(record: ReadRecord, mapping: Mapping, partitionKey: string): StreamRecord {
  const { dynamodb: change, userIdentity: identity } = record;
  const writtenAt = change.ApproximateCreationDateTime.getTime();
  const keys = imageOf(change.Keys);
  const event: JsonObject = {
    eventID: record.eventID,
    eventName: record.eventName,
    eventVersion: "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: record.awsRegion,
    dynamodb: {
      ApproximateCreationDateTime: writtenAt / 1000,
      Keys: keys,
      ...(change.NewImage && { NewImage: imageOf(change.NewImage) }),
      ...(change.OldImage && { OldImage: imageOf(change.OldImage) }),
      SequenceNumber: change.SequenceNumber,
      SizeBytes: change.SizeBytes,
      StreamViewType: change.StreamViewType,
    },
    ...(identity && { userIdentity: { type: identity.Type, principalId: identity.PrincipalId } }),
    eventSourceARN: mapping.eventSourceArn,
  };
  return {
    id: change.SequenceNumber,
    event,
    filtered: event,
    cause: record.cause,
    poll: null,
    handle: change.SequenceNumber,
    writtenAt,
    partition: hashOf(JSON.stringify(isJsonObject(keys) ? keys[partitionKey] : keys)),
  };
}

/** Attribute values as JSON: bytes in base64. */
function imageOf(value: unknown): Json {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(imageOf);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, imageOf(member)]));
  return value as Json;
}

/** FNV-1a, and a multiplication that spreads short keys. */
export function hashOf(text: string | undefined): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text ?? "")) hash = Math.imul(hash ^ byte, 0x01000193);
  return Math.imul(hash, 0x9e3779b1) >>> 0;
}
