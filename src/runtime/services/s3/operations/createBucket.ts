import type { CreateBucketOutput, CreateBucketRequest } from "@aws-sdk/client-s3";
import type { Call } from "../../../kernel/service.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import { checkBucketName } from "../names.ts";
import { blockedPublicAccess } from "../settings.ts";
import type { S3 } from "../s3.ts";

/** us-east-1 lets an owner create a bucket again, and changes nothing; other regions refuse. */
export function createBucket(s3: S3, input: CreateBucketRequest, call: Call): CreateBucketOutput {
  const name = input.Bucket ?? "";
  checkBucketName(name);
  const asked = input.CreateBucketConfiguration?.LocationConstraint;
  const region = asked === "EU" ? "eu-west-1" : (asked ?? call.region);
  if (asked === undefined && call.region !== "us-east-1")
    throw new AwsError(
      "IllegalLocationConstraintException",
      "The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.",
    );
  if (asked !== undefined && call.region !== "us-east-1" && region !== call.region)
    throw new AwsError(
      "IllegalLocationConstraintException",
      `The ${asked} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    );
  if (asked !== undefined && String(asked) === "us-east-1")
    throw new AwsError("InvalidLocationConstraint", "The specified location-constraint is not valid", {
      members: { LocationConstraint: asked },
    });
  const existing = s3.buckets.find(name);
  if (existing) {
    if (existing.region === "us-east-1" && region === "us-east-1") return { Location: `/${name}` };
    throw new AwsError("BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.", {
      status: 409,
      members: { BucketName: name },
    });
  }
  const tags = input.CreateBucketConfiguration?.Tags;
  const settings = {
    publicAccess: blockedPublicAccess,
    ownership: { Rules: [{ ObjectOwnership: input.ObjectOwnership ?? "BucketOwnerEnforced" }] },
    ...(tags && { tagging: { TagSet: tags } }),
    ...(input.ObjectLockEnabledForBucket === true && { objectLock: { ObjectLockEnabled: "Enabled" } }),
  };
  const bucket = s3.buckets.create(name, region, settings, call.now());
  // Locks are on versions.
  if (input.ObjectLockEnabledForBucket === true) bucket.versioning = "Enabled";
  s3.buckets.save(bucket);
  const resource = s3.buckets.ref(bucket);
  call.target(resource);
  call.effect({ action: "create", resource, key: name, after: { region } });
  return {
    Location: call.region === "us-east-1" && region === "us-east-1" ? `/${name}` : `http://${name}.s3.amazonaws.com/`,
    BucketArn: bucket.arn,
  };
}
