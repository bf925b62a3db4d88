// Records and shards as readers get them, whether they ask or are sent them.
import type { ChildShard, _Record } from "@aws-sdk/client-kinesis";
import { kinesisLimits as limits } from "../../../model/limits/kinesis.ts";
import type { Caused } from "../../../model/trace.ts";
import { sequenceNumber, shardId } from "./sequence.ts";
import type { RecordRow, Shard, Stream } from "./stream.ts";

/** Readers inside the runtime are told more than AWS's schema knows. */
export interface ReadRecord extends _Record, Caused {
  readonly ShardId: string;
}

/** What stands behind a place; `isAtEnd`: there is no more yet. */
export function readRecords(stream: Stream, shard: Shard, after: number, limit: number) {
  const found = stream.read(shard, after, limit);
  const rows = withinBytes(found);
  return { rows, isAtEnd: found.length < limit && rows.length === found.length };
}

/** Up to 10 MB, and one record however large it is. */
function withinBytes(found: readonly RecordRow[]): readonly RecordRow[] {
  let bytes = 0;
  return found.filter((row, position) => (bytes += row.data.byteLength) <= limits.getBytes.value || position === 0);
}

export function describeRecord(row: RecordRow, stream: Stream): ReadRecord {
  return {
    ShardId: shardId(row.shard),
    SequenceNumber: sequenceNumber(row.id, row.shard),
    ApproximateArrivalTimestamp: new Date(row.written_at),
    Data: row.data,
    PartitionKey: row.partition_key,
    ...(stream.settings.keyId !== null && { EncryptionType: "KMS" as const }),
    cause: row.cause_trace === null || row.cause_span === null ? null : { traceId: row.cause_trace, spanId: row.cause_span },
  };
}

export function childrenOf(stream: Stream, shard: Shard): ChildShard[] {
  return stream
    .shards()
    .filter(({ parent, adjacentParent }) => parent === shard.number || adjacentParent === shard.number)
    .map((child) => ({
      ShardId: shardId(child.number),
      ParentShards: [child.parent, child.adjacentParent].flatMap((parent) => (parent === null ? [] : [shardId(parent)])),
      HashKeyRange: { StartingHashKey: String(child.firstHash), EndingHashKey: String(child.lastHash) },
    }));
}
