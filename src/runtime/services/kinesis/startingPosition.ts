import type { Call } from "../../kernel/service.ts";
import { invalidArgument } from "./errors.ts";
import { recordOf, shardId } from "./sequence.ts";
import type { Shard, Stream } from "./stream.ts";

/** Where an iterator or a subscription begins. */
export interface StartingPosition {
  readonly type: string | undefined;
  readonly sequenceNumber: string | undefined;
  readonly timestamp: Date | undefined;
}

/** Place of the record behind which the reader stands. */
export function startOf(stream: Stream, shard: Shard, start: StartingPosition, call: Call): number {
  switch (start.type) {
    case "TRIM_HORIZON":
      return shard.firstRecord - 1;
    case "LATEST":
      return stream.lastRecord();
    case "AT_TIMESTAMP": {
      const moment = start.timestamp?.getTime();
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
      const given = start.sequenceNumber;
      if (given === undefined)
        throw invalidArgument(
          `Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified ${start.type ?? ""} and no StartingSequenceNumber.`,
        );
      const record = recordOf(given);
      if (
        record === undefined ||
        record < shard.firstRecord - 1 ||
        record > Math.max(shard.lastRecord ?? stream.lastRecord(), shard.firstRecord)
      )
        throw invalidArgument(
          `StartingSequenceNumber ${given} used in GetShardIterator on shard ${shardId(shard.number)} in stream ${stream.name} under account ${call.accountId} is invalid because it did not come from this stream.`,
        );
      return start.type === "AT_SEQUENCE_NUMBER" ? record - 1 : record;
    }
  }
}
