import type { ChildShard, GetRecordsInput, GetRecordsOutput, _Record } from "@aws-sdk/client-kinesis";
import { kinesisLimits as limits } from "../../../../model/limits/kinesis.ts";
import type { Caused } from "../../../../model/trace.ts";
import type { Call } from "../../../kernel/service.ts";
import { between, required, shardNotFound } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { sequenceNumber, shardId } from "../sequence.ts";
import { readIterator, writeIterator } from "../shardIterator.ts";
import type { RecordRow, Shard, Stream } from "../stream.ts";

interface Input extends GetRecordsInput {
  /** For readers inside the runtime: how long to wait for a first record instead of asking again and again. Not in AWS's schema. */
  readonly WaitTimeSeconds?: number;
}

/** Readers inside the runtime are told more than AWS's schema knows. */
interface ReadRecord extends _Record, Caused {
  readonly ShardId: string;
}

interface Answer extends Omit<GetRecordsOutput, "Records"> {
  readonly Records: ReadRecord[];
}

export async function getRecords(kinesis: Kinesis, input: Input, call: Call): Promise<Answer> {
  const given = readIterator(required(input.ShardIterator, "shardIterator"), call.now());
  const limit = between(input.Limit ?? limits.getRecords.value, "limit", 1, limits.getRecords.value);
  const deadline = call.now() + (input.WaitTimeSeconds ?? 0) * 1000;
  for (;;) {
    const stream = kinesis.streams.get(given.region, given.streamName);
    const shard = stream.shard(given.shard);
    if (shard === undefined) throw shardNotFound(shardId(given.shard), stream.name, call.accountId);
    call.target(kinesis.streams.ref(stream));
    const found = stream.read(shard, given.after, limit);
    const rows = withinBytes(found);
    const isAtEnd = found.length < limit && rows.length === found.length;
    const isEnded = isAtEnd && shard.closedAt !== null;
    if (rows.length > 0 || isEnded || call.now() >= deadline || call.signal?.aborted) {
      const records = rows.map((row) => describeRecord(row, stream));
      if (input.WaitTimeSeconds !== undefined) call.link(records.flatMap(({ cause }) => (cause === null ? [] : [cause])));
      const last = rows.at(-1);
      const next = { ...given, after: last?.id ?? given.after, at: call.now() };
      return {
        Records: records,
        ...(isEnded ? { ChildShards: childrenOf(stream, shard) } : { NextShardIterator: writeIterator(next) }),
        MillisBehindLatest: isAtEnd || last === undefined ? 0 : Math.max(0, Math.floor(call.now() - last.written_at)),
      };
    }
    await stream.wait(deadline, call.signal);
  }
}

/** Up to 10 MB, and one record however large it is. */
function withinBytes(found: readonly RecordRow[]): readonly RecordRow[] {
  let bytes = 0;
  return found.filter((row, position) => (bytes += row.data.byteLength) <= limits.getBytes.value || position === 0);
}

function describeRecord(row: RecordRow, stream: Stream): ReadRecord {
  return {
    ShardId: shardId(row.shard),
    SequenceNumber: sequenceNumber(row.id, row.shard),
    ApproximateArrivalTimestamp: new Date(row.written_at),
    Data: row.data,
    PartitionKey: row.partition_key,
    EncryptionType: stream.settings.keyId === null ? "NONE" : "KMS",
    cause: row.cause_trace === null || row.cause_span === null ? null : { traceId: row.cause_trace, spanId: row.cause_span },
  };
}

function childrenOf(stream: Stream, shard: Shard): ChildShard[] {
  return stream
    .shards()
    .filter(({ parent, adjacentParent }) => parent === shard.number || adjacentParent === shard.number)
    .map((child) => ({
      ShardId: shardId(child.number),
      ParentShards: [child.parent, child.adjacentParent].flatMap((parent) => (parent === null ? [] : [shardId(parent)])),
      HashKeyRange: { StartingHashKey: String(child.firstHash), EndingHashKey: String(child.lastHash) },
    }));
}
