import type { Call, Deployed, ResourceProvider } from "../../kernel/service.ts";
import { AwsError } from "../../kernel/awsError.ts";
import { physicalName } from "../../kernel/physicalName.ts";

// CloudFormation's buckets, made by the service's own operations.

export const bucketProvider: ResourceProvider = {
  async create(resource, call) {
    const given = resource.properties["BucketName"];
    const name = typeof given === "string" && given !== "" ? given : physicalName(resource, call.kernel.ids, 63).toLowerCase();
    await call.invoke("s3", "CreateBucket", {
      Bucket: name,
      ...(call.region !== "us-east-1" && { CreateBucketConfiguration: { LocationConstraint: call.region } }),
    });
    return describe(name, call);
  },
  async update(resource, previous, call) {
    const isRenamed = JSON.stringify(resource.properties["BucketName"]) !== JSON.stringify(previous.properties["BucketName"]);
    return isRenamed ? "replace" : describe(previous.physicalId, call);
  },
  async delete(previous, call) {
    try {
      await call.invoke("s3", "DeleteBucket", { Bucket: previous.physicalId });
    } catch (error) {
      if (!(error instanceof AwsError && error.code === "NoSuchBucket")) throw error;
    }
  },
};

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
