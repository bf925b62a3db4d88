import type { GetRecordsInput, GetRecordsOutput } from "@aws-sdk/client-kinesis";
import { kinesisLimits as limits } from "../../../../model/limits/kinesis.ts";
import type { Call } from "../../../kernel/service.ts";
import { required, shardNotFound } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { childrenOf, describeRecord, readRecords, type ReadRecord } from "../records.ts";
import { shardId } from "../sequence.ts";
import { readIterator, writeIterator } from "../shardIterator.ts";

interface Input extends GetRecordsInput {
  /** For readers inside the runtime: how long to wait for a first record instead of asking again and again. Not in AWS's schema. */
  readonly WaitTimeSeconds?: number;
}

interface Answer extends Omit<GetRecordsOutput, "Records"> {
  readonly Records: ReadRecord[];
}

export async function getRecords(kinesis: Kinesis, input: Input, call: Call): Promise<Answer> {
  const given = readIterator(required(input.ShardIterator, "shardIterator"), call.now());
  const limit = input.Limit ?? limits.getRecords.value;
  // Readers inside the runtime wait for records where AWS's ask once a second: they are not counted.
  let isCounted = input.WaitTimeSeconds !== undefined;
  const deadline = call.now() + (input.WaitTimeSeconds ?? 0) * 1000;
  for (;;) {
    const stream = kinesis.streams.get(given.region, given.streamName);
    const shard = stream.shard(given.shard);
    if (shard === undefined) throw shardNotFound(shardId(given.shard), stream.name, call.accountId);
    call.target(kinesis.streams.ref(stream));
    if (!isCounted) kinesis.throughput.admitRead(stream, shard);
    isCounted = true;
    const { rows, isAtEnd } = readRecords(stream, shard, given.after, limit);
    const isEnded = isAtEnd && shard.closedAt !== null;
    if (rows.length > 0 || isEnded || call.now() >= deadline || call.signal?.aborted) {
      const records = rows.map((row) => describeRecord(row, stream));
      if (input.WaitTimeSeconds !== undefined) call.link(records.flatMap(({ cause }) => (cause === null ? [] : [cause])));
      const last = rows.at(-1);
      kinesis.throughput.countRead(
        stream,
        shard,
        rows.reduce((sum, { data }) => sum + data.byteLength, 0),
      );
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
