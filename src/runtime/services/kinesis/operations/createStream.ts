import type { CreateStreamInput } from "@aws-sdk/client-kinesis";
import { kinesisLimits as limits } from "../../../../model/limits/kinesis.ts";
import type { Call } from "../../../kernel/service.ts";
import { between, inUse, invalidArgument, limitExceeded, required } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { checkName } from "../kinesis.ts";
import { checkTags } from "../tags.ts";

export function createStream(kinesis: Kinesis, input: CreateStreamInput, call: Call): void {
  const name = required(input.StreamName, "streamName");
  checkName(name);
  const mode = input.StreamModeDetails?.StreamMode ?? "PROVISIONED";
  if (mode === "ON_DEMAND" && input.ShardCount !== undefined)
    throw invalidArgument("ShardCount must not be specified for a stream in ON_DEMAND mode.");
  if (mode === "PROVISIONED" && input.ShardCount === undefined)
    throw invalidArgument("ShardCount must be specified for a stream in PROVISIONED mode.");
  const shards = mode === "ON_DEMAND" ? limits.onDemandShards.value : between(input.ShardCount ?? 1, "shardCount", 1, 100_000);
  if (kinesis.streams.find(call.region, name)) throw inUse(`Stream ${name} under account ${call.accountId} already exists.`);
  if (shards > limits.shardsPerStream.value)
    throw limitExceeded(
      `This request would exceed the shard limit for the account ${call.accountId} in ${call.region}. Limit: ${limits.shardsPerStream.value}.`,
    );
  const tags = { ...input.Tags };
  checkTags(tags);
  const maxRecordBytes = between(input.MaxRecordSizeInKiB ?? 1024, "maxRecordSizeInKiB", 1024, 10_240) * 1024;
  const stream = kinesis.streams.create(call.region, name, shards, { mode, tags, maxRecordBytes }, call.now());
  const resource = kinesis.streams.ref(stream);
  call.target(resource);
  call.effect({ action: "create", resource, key: name, after: { shards, mode, tags } });
}
