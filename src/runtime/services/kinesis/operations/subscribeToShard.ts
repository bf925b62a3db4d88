import type { SubscribeToShardInput } from "@aws-sdk/client-kinesis";
import { AwsError } from "../../../kernel/awsError.ts";
import { required } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { resourceAt } from "../tags.ts";

/** Records pushed over one connection for five minutes: this endpoint gives answers that are whole. */
export function subscribeToShard(kinesis: Kinesis, input: SubscribeToShardInput): never {
  resourceAt(kinesis, required(input.ConsumerARN, "consumerARN"));
  throw new AwsError(
    "UnknownOperationException",
    "Contrail does not push records by SubscribeToShard yet: read this shard with GetShardIterator and GetRecords.",
  );
}
