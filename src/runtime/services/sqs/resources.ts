import type { CreateQueueResult, GetQueueAttributesResult } from "@aws-sdk/client-sqs";
import type { Json, JsonObject } from "../../../model/json.ts";
import type { Call, Deployed, ResourceProvider, StackResource } from "../../kernel/service.ts";
import { AwsError } from "../../kernel/awsError.ts";
import { NotRunLocally } from "../../kernel/notRunLocally.ts";
import { queueNameOf } from "./sqs.ts";

// CloudFormation's queues, made by the service's own operations.

/** Properties that are attributes of the queue as they stand; objects are written as JSON text. */
const attributeProperties = [
  "ContentBasedDeduplication",
  "DeduplicationScope",
  "DelaySeconds",
  "FifoThroughputLimit",
  "KmsDataKeyReusePeriodSeconds",
  "KmsMasterKeyId",
  "MaximumMessageSize",
  "MessageRetentionPeriod",
  "ReceiveMessageWaitTimeSeconds",
  "RedriveAllowPolicy",
  "RedrivePolicy",
  "SqsManagedSseEnabled",
  "VisibilityTimeout",
] as const;

/** What an attribute becomes when its property is taken out of the template. */
const absent: Readonly<Record<string, string>> = {
  ContentBasedDeduplication: "false",
  DeduplicationScope: "queue",
  DelaySeconds: "0",
  FifoThroughputLimit: "perQueue",
  KmsMasterKeyId: "",
  MaximumMessageSize: "1048576",
  MessageRetentionPeriod: "345600",
  ReceiveMessageWaitTimeSeconds: "0",
  RedriveAllowPolicy: "",
  RedrivePolicy: "",
  SqsManagedSseEnabled: "true",
  VisibilityTimeout: "30",
};

export const queueProvider: ResourceProvider = {
  async create(resource, call) {
    const isFifo = String(resource.properties["FifoQueue"]) === "true";
    const name =
      typeof resource.properties["QueueName"] === "string" ? resource.properties["QueueName"] : generatedName(resource, isFifo, call);
    const attributes = { ...attributesOf(resource.properties), ...(isFifo ? { FifoQueue: "true" } : {}) };
    const { QueueUrl: url = "" } = await call.invoke<CreateQueueResult>("sqs", "CreateQueue", {
      QueueName: name,
      Attributes: attributes,
      tags: tagsOf(resource.properties["Tags"]),
    });
    return describe(url, call);
  },
  async update(resource, previous, call) {
    const { properties } = resource;
    const isRenamed = JSON.stringify(properties["QueueName"]) !== JSON.stringify(previous.properties["QueueName"]);
    const hasOtherKind = String(properties["FifoQueue"] ?? false) !== String(previous.properties["FifoQueue"] ?? false);
    if (isRenamed || hasOtherKind) return "replace";
    const after = attributesOf(properties);
    const changes: Record<string, string> = { ...after };
    for (const name of Object.keys(attributesOf(previous.properties))) {
      const value = name === "SqsManagedSseEnabled" && after["KmsMasterKeyId"] !== undefined ? undefined : absent[name];
      if (after[name] === undefined && value !== undefined) changes[name] = value;
    }
    if (Object.keys(changes).length > 0) {
      await call.invoke("sqs", "SetQueueAttributes", { QueueUrl: previous.physicalId, Attributes: changes });
    }
    const tags = tagsOf(properties["Tags"]);
    const gone = Object.keys(tagsOf(previous.properties["Tags"])).filter((key) => tags[key] === undefined);
    if (gone.length > 0) await call.invoke("sqs", "UntagQueue", { QueueUrl: previous.physicalId, TagKeys: gone });
    if (Object.keys(tags).length > 0) await call.invoke("sqs", "TagQueue", { QueueUrl: previous.physicalId, Tags: tags });
    return describe(previous.physicalId, call);
  },
  async delete(previous, call) {
    await unlessGone(call.invoke("sqs", "DeleteQueue", { QueueUrl: previous.physicalId }));
  },
};

/** The policy is kept with its queues; nothing enforces it. */
export const queuePolicyProvider: ResourceProvider = {
  async create(resource, call) {
    await setPolicy(resource, JSON.stringify(resource.properties["PolicyDocument"] ?? {}), call).catch((error: unknown) => {
      // a queue that another stack made is there on AWS, and not here
      if (error instanceof AwsError && error.code === "QueueDoesNotExist")
        throw new NotRunLocally(error.code, "a queue that it names is none of this design's.");
      throw error;
    });
    const id = `${resource.stackName}-${resource.logicalId}-${call.kernel.ids.base36(12)}`;
    return { physicalId: id, attributes: { Id: id } };
  },
  async update(resource, previous, call) {
    await setPolicy(resource, JSON.stringify(resource.properties["PolicyDocument"] ?? {}), call);
    return { physicalId: previous.physicalId, attributes: previous.attributes };
  },
  async delete(previous, call) {
    await unlessGone(setPolicy(previous, "", call));
  },
};

async function setPolicy(resource: StackResource, policy: string, call: Call): Promise<void> {
  const urls = resource.properties["Queues"];
  if (!Array.isArray(urls)) throw new AwsError("InvalidParameterValue", `${resource.logicalId}: Queues must be a list of queue URLs.`);
  for (const url of urls) await call.invoke("sqs", "SetQueueAttributes", { QueueUrl: url, Attributes: { Policy: policy } });
}

async function describe(url: string, call: Call): Promise<Deployed> {
  const { Attributes } = await call.invoke<GetQueueAttributesResult>("sqs", "GetQueueAttributes", {
    QueueUrl: url,
    AttributeNames: ["QueueArn"],
  });
  const name = queueNameOf(url);
  const arn = Attributes?.QueueArn ?? "";
  return {
    physicalId: url,
    attributes: { Arn: arn, QueueName: name, QueueUrl: url },
    ref: { service: "sqs", type: "AWS::SQS::Queue", name, region: call.region, arn },
  };
}

function attributesOf(properties: JsonObject): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const name of attributeProperties) {
    const value = properties[name];
    if (value !== undefined && value !== null) attributes[name] = typeof value === "object" ? JSON.stringify(value) : String(value);
  }
  return attributes;
}

function tagsOf(tags: Json | undefined): Record<string, string> {
  const map: Record<string, string> = {};
  for (const tag of Array.isArray(tags) ? tags : []) {
    if (typeof tag === "object" && tag !== null && !Array.isArray(tag)) map[String(tag["Key"])] = String(tag["Value"]);
  }
  return map;
}

function generatedName(resource: StackResource, isFifo: boolean, call: Call): string {
  const suffix = `-${call.kernel.ids.base36(12)}${isFifo ? ".fifo" : ""}`;
  return `${`${resource.stackName}-${resource.logicalId}`.slice(0, 80 - suffix.length)}${suffix}`;
}

async function unlessGone(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof AwsError && error.code === "QueueDoesNotExist")) throw error;
  }
}
