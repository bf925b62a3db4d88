import type { GetBucketLocationRequest } from "@aws-sdk/client-s3";
import type { S3 } from "../s3.ts";

/** us-east-1 is told by telling nothing. */
export function getBucketLocation(s3: S3, input: GetBucketLocationRequest): { readonly LocationConstraint?: string } {
  const { region } = s3.buckets.get(input.Bucket);
  return region === "us-east-1" ? {} : { LocationConstraint: region };
}
