import type { HeadBucketOutput, HeadBucketRequest } from "@aws-sdk/client-s3";
import type { S3 } from "../s3.ts";

export function headBucket(s3: S3, input: HeadBucketRequest): HeadBucketOutput {
  const bucket = s3.buckets.get(input.Bucket);
  return { BucketRegion: bucket.region, BucketArn: bucket.arn, AccessPointAlias: false };
}
