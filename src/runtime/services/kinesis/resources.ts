import type { DescribeStreamSummaryOutput, RegisterStreamConsumerOutput } from "@aws-sdk/client-kinesis";
import { isJsonObject } from "../../../model/json.ts";
import type { Json, JsonObject } from "../../../model/json.ts";
import { AwsError } from "../../kernel/awsError.ts";
import { physicalName } from "../../kernel/physicalName.ts";
import type { Call, Deployed, ResourceProvider } from "../../kernel/service.ts";

// CloudFormation's streams and consumers, made by the service's own operations.

export const streamProvider: ResourceProvider = {
  async create(resource, call) {
    const { properties } = resource;
    const name = typeof properties["Name"] === "string" ? properties["Name"] : physicalName(resource, call.kernel.ids, 128);
    const mode = modeOf(properties);
    await call.invoke("kinesis", "CreateStream", {
      StreamName: name,
      StreamModeDetails: { StreamMode: mode },
      ...(mode === "PROVISIONED" && { ShardCount: Number(properties["ShardCount"] ?? 1) }),
      ...taggedWith(tagsOf(properties["Tags"])),
    });
    await setRetention(name, hoursOf(properties), call);
    await setEncryption(name, properties["StreamEncryption"], call);
    return describe(name, call);
  },
  async update(resource, previous, call) {
    const { properties } = resource;
    const before = previous.properties;
    if (JSON.stringify(properties["Name"]) !== JSON.stringify(before["Name"])) return "replace";
    const name = previous.physicalId;
    const mode = modeOf(properties);
    const arn = String(previous.attributes["Arn"]);
    if (mode !== modeOf(before))
      await call.invoke("kinesis", "UpdateStreamMode", { StreamARN: arn, StreamModeDetails: { StreamMode: mode } });
    if (mode === "PROVISIONED") await scale(name, Number(properties["ShardCount"] ?? 1), call);
    await setRetention(name, hoursOf(properties), call);
    await setEncryption(name, properties["StreamEncryption"], call);
    const tags = tagsOf(properties["Tags"]);
    const gone = Object.keys(tagsOf(before["Tags"])).filter((key) => tags[key] === undefined);
    if (gone.length > 0) await call.invoke("kinesis", "RemoveTagsFromStream", { StreamName: name, TagKeys: gone });
    if (Object.keys(tags).length > 0) await call.invoke("kinesis", "AddTagsToStream", { StreamName: name, Tags: tags });
    return describe(name, call);
  },
  async delete(previous, call) {
    await unlessGone(call.invoke("kinesis", "DeleteStream", { StreamName: previous.physicalId, EnforceConsumerDeletion: true }));
  },
};

export const consumerProvider: ResourceProvider = {
  async create({ properties }, call) {
    const { Consumer: consumer } = await call.invoke<RegisterStreamConsumerOutput>("kinesis", "RegisterStreamConsumer", {
      StreamARN: properties["StreamARN"],
      ConsumerName: properties["ConsumerName"],
      ...taggedWith(tagsOf(properties["Tags"])),
    });
    const arn = consumer?.ConsumerARN ?? "";
    return {
      physicalId: arn,
      attributes: {
        ConsumerARN: arn,
        ConsumerName: String(properties["ConsumerName"]),
        ConsumerStatus: "ACTIVE",
        ConsumerCreationTimestamp: consumer?.ConsumerCreationTimestamp?.toISOString() ?? "",
        StreamARN: String(properties["StreamARN"]),
      },
    };
  },
  async delete(previous, call) {
    await unlessGone(call.invoke("kinesis", "DeregisterStreamConsumer", { ConsumerARN: previous.physicalId }));
  },
};

function modeOf(properties: JsonObject): "PROVISIONED" | "ON_DEMAND" {
  const details = properties["StreamModeDetails"];
  return isJsonObject(details) && details["StreamMode"] === "ON_DEMAND" ? "ON_DEMAND" : "PROVISIONED";
}

function hoursOf(properties: JsonObject): number {
  return Number(properties["RetentionPeriodHours"] ?? 24);
}

async function setRetention(name: string, hours: number, call: Call): Promise<void> {
  const { StreamDescriptionSummary: stream } = await summaryOf(name, call);
  const now = stream?.RetentionPeriodHours ?? hours;
  if (hours === now) return;
  const operation = hours > now ? "IncreaseStreamRetentionPeriod" : "DecreaseStreamRetentionPeriod";
  await call.invoke("kinesis", operation, { StreamName: name, RetentionPeriodHours: hours });
}

async function setEncryption(name: string, given: Json | undefined, call: Call): Promise<void> {
  const { StreamDescriptionSummary: stream } = await summaryOf(name, call);
  const key = isJsonObject(given) ? String(given["KeyId"]) : undefined;
  if (key !== undefined && key !== stream?.KeyId)
    await call.invoke("kinesis", "StartStreamEncryption", { StreamName: name, EncryptionType: "KMS", KeyId: key });
  else if (key === undefined && stream?.KeyId !== undefined)
    await call.invoke("kinesis", "StopStreamEncryption", { StreamName: name, EncryptionType: "KMS", KeyId: stream.KeyId });
}

/** One step at most doubles or halves the count. */
async function scale(name: string, target: number, call: Call): Promise<void> {
  const { StreamDescriptionSummary: stream } = await summaryOf(name, call);
  for (let count = stream?.OpenShardCount ?? target; count !== target;) {
    count = target > count ? Math.min(target, count * 2) : Math.max(target, Math.ceil(count / 2));
    await call.invoke("kinesis", "UpdateShardCount", { StreamName: name, TargetShardCount: count, ScalingType: "UNIFORM_SCALING" });
  }
}

async function describe(name: string, call: Call): Promise<Deployed> {
  const { StreamDescriptionSummary: stream } = await summaryOf(name, call);
  const arn = stream?.StreamARN ?? "";
  return {
    physicalId: name,
    attributes: { Arn: arn },
    ref: { service: "kinesis", type: "AWS::Kinesis::Stream", name, region: call.region, arn },
  };
}

function summaryOf(name: string, call: Call): Promise<DescribeStreamSummaryOutput> {
  return call.invoke<DescribeStreamSummaryOutput>("kinesis", "DescribeStreamSummary", { StreamName: name });
}

/** AWS refuses an empty list. */
function taggedWith(tags: Record<string, string>): { readonly Tags?: Record<string, string> } {
  return Object.keys(tags).length > 0 ? { Tags: tags } : {};
}

function tagsOf(tags: Json | undefined): Record<string, string> {
  const map: Record<string, string> = {};
  for (const tag of Array.isArray(tags) ? tags : []) if (isJsonObject(tag)) map[String(tag["Key"])] = String(tag["Value"]);
  return map;
}

async function unlessGone(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof AwsError && error.code === "ResourceNotFoundException")) throw error;
  }
}
