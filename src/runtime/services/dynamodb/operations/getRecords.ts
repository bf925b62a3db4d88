import { dynamodbLimits as limits } from "../../../../model/limits/dynamodb.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import { atLeast, atMost, checkConstraints, lengthBetween, required } from "../constraints.ts";
import type { DynamoDb } from "../dynamodb.ts";
import type { Shard, Stream } from "../stream.ts";
import { readIterator, writeIterator } from "../streamIterator.ts";
import type { RecordRow } from "../streamRecords.ts";
import type { StreamRecord } from "../streamView.ts";
import { describeRecord } from "../streamView.ts";

export interface GetRecordsInput {
  readonly ShardIterator?: string;
  readonly Limit?: number;
  /** For readers inside the runtime: how long to wait for a first record instead of asking again and again. Not in AWS's schema. */
  readonly WaitTimeSeconds?: number;
}

interface GetRecordsOutput {
  readonly Records: readonly StreamRecord[];
  /** Absent: the shard has ended and all of it was read. */
  readonly NextShardIterator?: string;
}

const maxRecords = 1_000;

export async function getRecords(dynamodb: DynamoDb, input: GetRecordsInput, call: Call): Promise<GetRecordsOutput> {
  checkConstraints([
    required(input.ShardIterator, "shardIterator"),
    lengthBetween(input.ShardIterator, "shardIterator", 1, 2048),
    atLeast(input.Limit, "limit", 1),
    atMost(input.Limit, "limit", maxRecords),
  ]);
  const { streamArn, shardId, after } = readIterator(input.ShardIterator ?? "", call.now());
  const deadline = call.now() + (input.WaitTimeSeconds ?? 0) * 1000;
  for (;;) {
    const stream = dynamodb.streams.get(streamArn);
    const { shard, rows, isAtEnd } = read(stream, shardId, after, input.Limit ?? maxRecords);
    const isEnded = isAtEnd && shard.closed_at !== null;
    if (rows.length > 0 || isEnded || call.now() >= deadline || call.signal?.aborted) {
      const records = rows.map((row) => describeRecord(row, { arn: streamArn, region: stream.row.region, view: stream.view }));
      if (input.WaitTimeSeconds !== undefined) call.link(records.map((record) => record.cause));
      const position = { streamArn, shardId, after: rows.at(-1)?.sequence ?? after, at: call.now() };
      return { Records: records, ...(!isEnded && { NextShardIterator: writeIterator(position) }) };
    }
    await stream.wait(deadline, call.signal);
  }
}

interface Read {
  readonly shard: Shard;
  readonly rows: readonly RecordRow[];
  /** Nothing more is there at the moment. */
  readonly isAtEnd: boolean;
}

/** Up to 1 MB, and one record however large it is. */
function read(stream: Stream, shardId: string, after: number, limit: number): Read {
  const shard = stream.shard(shardId);
  if (!shard) {
    throw new AwsError(
      "TrimmedDataAccessException",
      `Attempted to get records older than 24 hours: all records of shard ${shardId} have been trimmed`,
    );
  }
  const found = stream.read(shard, after, limit);
  let bytes = 0;
  const rows = found.filter((row, position) => (bytes += row.bytes) <= limits.pageBytes.value || position === 0);
  return { shard, rows, isAtEnd: found.length < limit && rows.length === found.length };
}
