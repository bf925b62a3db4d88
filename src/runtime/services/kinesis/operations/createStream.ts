import type { CreateStreamInput } from "@aws-sdk/client-kinesis";
import { kinesisLimits as limits } from "../../../../model/limits/kinesis.ts";
import type { Call } from "../../../kernel/service.ts";
import { inUse, invalidArgument, limitExceeded, required } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { checkTags } from "../tags.ts";

export function createStream(kinesis: Kinesis, input: CreateStreamInput, call: Call): void {
  const name = required(input.StreamName, "streamName");
  // Who says neither gets a stream on demand.
  const mode = input.StreamModeDetails?.StreamMode ?? (input.ShardCount === undefined ? "ON_DEMAND" : "PROVISIONED");
  if (mode === "ON_DEMAND" && input.ShardCount !== undefined)
    throw invalidArgument("ShardCount must not be specified for a stream in ON_DEMAND mode.");
  if (mode === "PROVISIONED" && input.ShardCount === undefined)
    throw invalidArgument("ShardCount must be specified for a stream in PROVISIONED mode.");
  const shards = mode === "ON_DEMAND" ? limits.onDemandShards.value : (input.ShardCount ?? 1);
  if (kinesis.streams.find(call.region, name)) throw inUse(`Stream ${name} under account ${call.accountId} already exists.`);
  if (shards > limits.shardsPerStream.value)
    throw limitExceeded(
      `This request would exceed the shard limit for the account ${call.accountId} in ${call.region}. Limit: ${limits.shardsPerStream.value}.`,
    );
  const tags = { ...input.Tags };
  checkTags(tags);
  const maxRecordBytes = (input.MaxRecordSizeInKiB ?? 1024) * 1024;
  const stream = kinesis.streams.create(call.region, name, shards, { mode, tags, maxRecordBytes }, call.now());
  const resource = kinesis.streams.ref(stream);
  call.target(resource);
  call.effect({ action: "create", resource, key: name, after: { shards, mode, tags } });
}
