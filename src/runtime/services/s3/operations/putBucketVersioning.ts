import type { PutBucketVersioningRequest } from "@aws-sdk/client-s3";
import type { Call } from "../../../kernel/service.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import { malformedXml } from "../errors.ts";
import type { S3 } from "../s3.ts";

export function putBucketVersioning(s3: S3, input: PutBucketVersioningRequest, call: Call): Record<string, never> {
  const bucket = s3.buckets.get(input.Bucket);
  const status = input.VersioningConfiguration?.Status;
  if (status === undefined) throw new AwsError("IllegalVersioningConfigurationException", "The Versioning element must be specified");
  if (status !== "Enabled" && status !== "Suspended") throw malformedXml();
  const before = bucket.versioning;
  bucket.versioning = status;
  s3.buckets.save(bucket);
  call.effect({
    action: "update",
    resource: s3.buckets.ref(bucket),
    key: "Versioning",
    before: { status: before },
    after: { status },
  });
  return {};
}
