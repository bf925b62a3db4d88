// Streams of tables and of Kinesis: shard by shard, each from where the pipe has come to.
import { readArn } from "../../../../model/eventBridge/targetCall.ts";
import type { Json, JsonObject } from "../../../../model/json.ts";
import type { Caused, SpanRef } from "../../../../model/trace.ts";
import type { Caller } from "../../../kernel/service.ts";
import type { Pipe } from "../pipe.ts";
import type { Pipes } from "../pipes.ts";
import { giveUp, type GivenUp } from "./givenUp.ts";
import { causeOf, parsed, type PipeRecord } from "./record.ts";

const waitSeconds = 20;
const lookForShardsMilliseconds = 60_000;
const longestPauseMilliseconds = 60_000;

interface Read {
  readonly Records: readonly (Caused & Readonly<Record<string, unknown>>)[];
  readonly NextShardIterator?: string;
}

interface Dialect {
  readonly service: "dynamodb" | "kinesis";
  readonly names: JsonObject;
  recordOf(record: Read["Records"][number], pipe: Pipe): PipeRecord;
}

/** Reads all shards, and those that come, until the signal ends it. */
export async function readStream(pipes: Pipes, pipe: Pipe, signal: AbortSignal): Promise<void> {
  const reading = new Map<string, Promise<void>>();
  const { clock } = pipes.environment.kernel;
  const dialect = dialectOf(pipe);
  while (!signal.aborted) {
    for (const shard of await shardsOf(pipes, pipe, dialect, signal)) {
      if (reading.has(shard.id) || (shard.parent !== undefined && reading.has(shard.parent))) continue;
      const done = readShard(pipes, pipe, dialect, shard.id, signal).catch(() => undefined);
      reading.set(shard.id, done);
    }
    // A closed shard's children begin once it is read.
    await clock.sleep(lookForShardsMilliseconds, { title: `${pipe.name} shards`, isQuiet: true }, signal);
    for (const [id, done] of reading) void done.then(() => reading.delete(id));
  }
}

function callerFor(pipes: Pipes, pipe: Pipe, signal: AbortSignal): Caller {
  const { region = pipe.region, accountId = pipe.accountId } = readArn(pipe.source) ?? {};
  const resource = pipes.store.ref(pipe);
  return { cause: null, actor: { type: "resource", resource }, region, accountId, signal, poll: { causeOf: () => undefined } };
}

async function shardsOf(pipes: Pipes, pipe: Pipe, { service, names }: Dialect, signal: AbortSignal) {
  const { StreamDescription: stream } = await pipes.environment.kernel.invoke<{
    StreamDescription: { Shards: readonly { ShardId: string; ParentShardId?: string }[] };
  }>(service, "DescribeStream", names, callerFor(pipes, pipe, signal));
  return stream.Shards.map(({ ShardId: id, ParentShardId: parent }) => ({ id, parent }));
}

interface StreamSettings {
  readonly BatchSize?: number | undefined;
  readonly MaximumRetryAttempts?: number | undefined;
  readonly MaximumRecordAgeInSeconds?: number | undefined;
  readonly StartingPosition?: string | undefined;
  readonly StartingPositionTimestamp?: Date | string | undefined;
}

async function readShard(pipes: Pipes, pipe: Pipe, dialect: Dialect, shard: string, signal: AbortSignal): Promise<void> {
  const { kernel } = pipes.environment;
  const settings: StreamSettings = pipe.sourceParameters.DynamoDBStreamParameters ?? pipe.sourceParameters.KinesisStreamParameters ?? {};
  const quiet = callerFor(pipes, pipe, signal);
  const known = pipes.store.position(pipe, shard);
  const from =
    known !== undefined
      ? {
          ShardIteratorType: "AFTER_SEQUENCE_NUMBER",
          SequenceNumber: dialect.service === "kinesis" ? undefined : known,
          StartingSequenceNumber: known,
        }
      : { ShardIteratorType: settings.StartingPosition ?? "TRIM_HORIZON", Timestamp: timestampOf(settings) };
  const first = { ...dialect.names, ShardId: shard, ...from };
  let { ShardIterator: iterator }: { ShardIterator?: string } = await kernel.invoke(dialect.service, "GetShardIterator", first, quiet);
  while (iterator !== undefined && !signal.aborted) {
    let poll: SpanRef | null = null;
    const caller: Caller = {
      ...quiet,
      began: (span) => {
        poll = span;
      },
      poll: { causeOf: (output) => causeOf(wantedOf(output)) },
    };
    const wantedOf = (output: unknown): PipeRecord[] =>
      (output as Read).Records.map((record) => dialect.recordOf(record, pipe)).filter((record) => pipes.isWanted(pipe, record));
    const input = { ShardIterator: iterator, Limit: settings.BatchSize ?? 100, WaitTimeSeconds: waitSeconds };
    const read = await kernel.invoke<Read>(dialect.service, "GetRecords", input, caller);
    iterator = read.NextShardIterator;
    const all = read.Records.map((record) => dialect.recordOf(record, pipe));
    const records = all.filter((record) => pipes.isWanted(pipe, record));
    const { region, accountId, actor } = quiet;
    if (records.length > 0)
      await carryThrough(pipes, pipe, {
        records,
        settings,
        shard,
        signal,
        caller: { cause: poll ?? causeOf(records) ?? null, actor, region, accountId },
      });
    const last = all.at(-1);
    if (last !== undefined && !signal.aborted) pipes.store.savePosition(pipe, shard, last.id);
  }
}

interface Batch {
  readonly records: readonly PipeRecord[];
  readonly settings: StreamSettings;
  readonly shard: string;
  readonly signal: AbortSignal;
  readonly caller: Caller;
}

/** Again and again until the target takes it, or it is given up: nothing behind it is read before. */
async function carryThrough(pipes: Pipes, pipe: Pipe, { records, settings, shard, signal, caller }: Batch): Promise<void> {
  const { clock } = pipes.environment.kernel;
  const { MaximumRetryAttempts: most = -1, MaximumRecordAgeInSeconds: oldestSeconds = -1 } = settings;
  let left = records;
  for (let attempts = 1; left.length > 0 && !signal.aborted; attempts++) {
    try {
      const failed = await pipes.carry(pipe, { records: left, caller }, () => Promise.resolve());
      left = failed.length === 0 ? [] : left.slice(left.findIndex(({ id }) => failed.includes(id)));
    } catch {
      // told by the span; the batch is tried again
    }
    const [oldest] = left;
    if (oldest === undefined) return;
    const pause = Math.min(1_000 * 2 ** (attempts - 1), longestPauseMilliseconds);
    const isTooOld = oldestSeconds >= 0 && clock.now() + pause - oldest.writtenAt > oldestSeconds * 1_000;
    if ((most >= 0 && attempts > most) || isTooOld) {
      const given: GivenUp = { pipe, shard, records: left, attempts, condition: isTooOld ? "RecordAgeExceeded" : "RetryAttemptsExhausted" };
      return await giveUp(pipes, given, caller);
    }
    const resource = pipes.store.ref(pipe);
    await clock.sleep(pause, { title: `${resource.logicalId ?? pipe.name} retry`, resource }, signal);
  }
}

function timestampOf({ StartingPositionTimestamp: at }: StreamSettings): Date | undefined {
  return at === undefined ? undefined : new Date(at);
}

function dialectOf(pipe: Pipe): Dialect {
  const { service, resource = "" } = readArn(pipe.source) ?? {};
  return service === "kinesis"
    ? { service, names: { StreamARN: pipe.source, StreamName: resource.replace(/^stream\//, "") }, recordOf: kinesisRecord }
    : { service: "dynamodb", names: { StreamArn: pipe.source }, recordOf: tableRecord };
}

interface TableRecord extends Caused {
  readonly eventID: string;
  readonly eventName: string;
  readonly awsRegion: string;
  readonly dynamodb: Readonly<Record<string, unknown>> & { readonly ApproximateCreationDateTime: Date; readonly SequenceNumber: string };
}

function tableRecord(given: Read["Records"][number], pipe: Pipe): PipeRecord {
  const record = given as unknown as TableRecord;
  const { dynamodb: change } = record;
  const writtenAt = change.ApproximateCreationDateTime.getTime();
  const event: JsonObject = {
    eventID: record.eventID,
    eventName: record.eventName,
    eventVersion: "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: record.awsRegion,
    dynamodb: { ...(jsonOf(change) as JsonObject), ApproximateCreationDateTime: writtenAt / 1_000 },
    eventSourceARN: pipe.source,
  };
  return { id: change.SequenceNumber, event, seen: event, cause: record.cause, handle: "", writtenAt };
}

interface KinesisRecord extends Caused {
  readonly SequenceNumber: string;
  readonly PartitionKey: string;
  readonly Data: Uint8Array;
  readonly ApproximateArrivalTimestamp: Date;
}

function kinesisRecord(given: Read["Records"][number], pipe: Pipe): PipeRecord {
  const record = given as unknown as KinesisRecord;
  const writtenAt = record.ApproximateArrivalTimestamp.getTime();
  const data = Buffer.from(record.Data);
  const event: JsonObject = {
    kinesisSchemaVersion: "1.0",
    partitionKey: record.PartitionKey,
    sequenceNumber: record.SequenceNumber,
    data: data.toString("base64"),
    approximateArrivalTimestamp: writtenAt / 1_000,
    eventSource: "aws:kinesis",
    eventVersion: "1.0",
    eventID: `shardId-000000000000:${record.SequenceNumber}`,
    eventName: "aws:kinesis:record",
    invokeIdentityArn: pipe.roleArn,
    awsRegion: pipe.region,
    eventSourceARN: pipe.source,
  };
  return {
    id: record.SequenceNumber,
    event,
    seen: { ...event, data: parsed(data.toString("utf8")) },
    cause: record.cause,
    handle: "",
    writtenAt,
  };
}

/** Attribute values as JSON: bytes in base64. */
function jsonOf(value: unknown): Json {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(jsonOf);
  if (value instanceof Date) return value.getTime() / 1_000;
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, jsonOf(member)]));
  return value as Json;
}
