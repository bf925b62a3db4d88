import type { Json, JsonObject } from "../../../model/json.ts";
import type { Call, Deployed, ResourceProvider, StackResource } from "../../kernel/service.ts";
import { AwsError } from "../../kernel/awsError.ts";
import { NotRunLocally } from "../../kernel/notRunLocally.ts";
import { physicalName } from "../../kernel/physicalName.ts";
import { type PropertySetting, propertySettings } from "./properties.ts";

// CloudFormation's buckets and their policies, made by the service's own operations.

export const bucketProvider: ResourceProvider = {
  async create(resource, call) {
    const given = resource.properties["BucketName"];
    const name = typeof given === "string" && given !== "" ? given : physicalName(resource, call.kernel.ids, 63).toLowerCase();
    await call.invoke("s3", "CreateBucket", {
      Bucket: name,
      ...(call.region !== "us-east-1" && { CreateBucketConfiguration: { LocationConstraint: call.region } }),
      ...(String(resource.properties["ObjectLockEnabled"]) === "true" && { ObjectLockEnabledForBucket: true }),
    });
    await putSettings(name, resource.properties, {}, call);
    return describe(name, call);
  },
  async update(resource, previous, call) {
    const isRenamed = JSON.stringify(resource.properties["BucketName"]) !== JSON.stringify(previous.properties["BucketName"]);
    if (isRenamed) return "replace";
    await putSettings(previous.physicalId, resource.properties, previous.properties, call);
    return describe(previous.physicalId, call);
  },
  async delete(previous, call) {
    try {
      await call.invoke("s3", "DeleteBucket", { Bucket: previous.physicalId });
    } catch (error) {
      if (!(error instanceof AwsError && error.code === "NoSuchBucket")) throw error;
    }
  },
};

/** The policy is kept with its bucket; nothing enforces it. */
export const bucketPolicyProvider: ResourceProvider = {
  async create(resource, call) {
    try {
      await putPolicy(resource, call);
    } catch (error) {
      // a bucket that another stack made is there on AWS, and not here
      if (error instanceof AwsError && error.code === "NoSuchBucket")
        throw new NotRunLocally(error.code, "the bucket that it names is none of this design's.");
      throw error;
    }
    return { physicalId: String(resource.properties["Bucket"]), attributes: {} };
  },
  async update(resource, previous, call) {
    if (JSON.stringify(resource.properties["Bucket"]) !== JSON.stringify(previous.properties["Bucket"])) return "replace";
    await putPolicy(resource, call);
    return { physicalId: previous.physicalId, attributes: previous.attributes };
  },
  async delete(previous, call) {
    try {
      await call.invoke("s3", "DeleteBucketPolicy", { Bucket: previous.physicalId });
    } catch (error) {
      if (!(error instanceof AwsError && error.code === "NoSuchBucket")) throw error;
    }
  },
};

async function putPolicy({ properties }: StackResource, call: Call): Promise<void> {
  const document = properties["PolicyDocument"] ?? {};
  const Policy = typeof document === "string" ? document : JSON.stringify(document);
  await call.invoke("s3", "PutBucketPolicy", { Bucket: properties["Bucket"], Policy });
}

async function putSettings(bucket: string, after: JsonObject, before: JsonObject, call: Call): Promise<void> {
  for (const setting of propertySettings) {
    const { property } = setting;
    const [given, previous] = [after[property], before[property]];
    if (JSON.stringify(given) === JSON.stringify(previous)) continue;
    if (given === undefined || given === null) await remove(bucket, setting, call);
    else await put(bucket, setting, setting.value(given), call);
  }
}

async function put(bucket: string, { put: operation, member }: PropertySetting, value: Json, call: Call): Promise<void> {
  const input = { Bucket: bucket, [member]: value };
  try {
    await call.invoke("s3", operation, input);
  } catch (error) {
    const isAbsent = error instanceof AwsError && error.message.startsWith("Unable to validate the following destination");
    if (!isAbsent) throw error;
    // A target that is not run here is there on AWS.
    await call.invoke("s3", operation, { ...input, SkipDestinationValidation: true });
  }
}

async function remove(bucket: string, setting: PropertySetting, call: Call): Promise<void> {
  if (typeof setting.remove === "string") await call.invoke("s3", setting.remove, { Bucket: bucket });
  else await call.invoke("s3", setting.put, { Bucket: bucket, [setting.member]: setting.remove });
}

function describe(name: string, call: Call): Deployed {
  const arn = `arn:aws:s3:::${name}`;
  return {
    physicalId: name,
    attributes: {
      Arn: arn,
      DomainName: `${name}.s3.amazonaws.com`,
      DualStackDomainName: `${name}.s3.dualstack.${call.region}.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${call.region}.amazonaws.com`,
      WebsiteURL: `http://${name}.s3-website-${call.region}.amazonaws.com`,
    },
    ref: { service: "s3", type: "AWS::S3::Bucket", name, region: call.region, arn },
  };
}
