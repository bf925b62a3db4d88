import type { GetShardIteratorInput, GetShardIteratorOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../kernel/service.ts";
import { invalidArgument, required, shardNotFound, validation } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { streamAt } from "../kinesis.ts";
import { recordOf, sequenceNumber, shardNumber } from "../sequence.ts";
import { writeIterator } from "../shardIterator.ts";
import type { Shard, Stream } from "../stream.ts";

interface Answer extends GetShardIteratorOutput {
  /** The sequence number behind which it begins: for readers inside the runtime that keep it. Not in AWS's schema. */
  readonly after: string;
}

const types = ["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER", "AT_TIMESTAMP", "TRIM_HORIZON", "LATEST"];

export function getShardIterator(kinesis: Kinesis, input: GetShardIteratorInput, call: Call): Answer {
  const id = required(input.ShardId, "shardId");
  const type = required(input.ShardIteratorType, "shardIteratorType");
  if (!types.includes(type)) throw validation(type, "shardIteratorType", `Member must satisfy enum value set: [${types.join(", ")}]`);
  const stream = streamAt(kinesis, input, call.region);
  stream.shards();
  const shard = stream.shard(shardNumber(id));
  if (shard === undefined) throw shardNotFound(id, stream.name, call.accountId);
  const after = startOf(stream, shard, input, call);
  const iterator = { region: stream.region, streamName: stream.name, shard: shard.number, after, at: call.now() };
  return { ShardIterator: writeIterator(iterator), after: sequenceNumber(after, shard.number) };
}

/** Place of the record behind which the iterator stands. */
function startOf(stream: Stream, shard: Shard, input: GetShardIteratorInput, call: Call): number {
  switch (input.ShardIteratorType) {
    case "TRIM_HORIZON":
      return shard.firstRecord - 1;
    case "LATEST":
      return stream.lastRecord();
    case "AT_TIMESTAMP": {
      const moment = input.Timestamp?.getTime();
      if (moment === undefined)
        throw invalidArgument(
          "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.",
        );
      if (moment > call.now())
        throw invalidArgument(
          `The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ${moment}, currentTimestampInMillis: ${Math.floor(call.now())}`,
        );
      return stream.before(shard, moment);
    }
    default: {
      const given = input.StartingSequenceNumber;
      if (given === undefined)
        throw invalidArgument(
          `Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified ${input.ShardIteratorType ?? ""} and no StartingSequenceNumber.`,
        );
      const record = recordOf(given);
      if (
        record === undefined ||
        record < shard.firstRecord - 1 ||
        record > Math.max(shard.lastRecord ?? stream.lastRecord(), shard.firstRecord)
      )
        throw invalidArgument(
          `StartingSequenceNumber ${given} used in GetShardIterator on shard ${input.ShardId ?? ""} in stream ${stream.name} under account ${call.accountId} is invalid because it did not come from this stream.`,
        );
      return input.ShardIteratorType === "AT_SEQUENCE_NUMBER" ? record - 1 : record;
    }
  }
}
