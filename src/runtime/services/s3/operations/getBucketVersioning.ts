import type { GetBucketVersioningOutput, GetBucketVersioningRequest } from "@aws-sdk/client-s3";
import type { S3 } from "../s3.ts";

/** A bucket that never had it says nothing. */
export function getBucketVersioning(s3: S3, input: GetBucketVersioningRequest): GetBucketVersioningOutput {
  const { versioning } = s3.buckets.get(input.Bucket);
  return versioning === null ? {} : { Status: versioning };
}
