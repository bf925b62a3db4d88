import type { HeadObjectRequest } from "@aws-sdk/client-s3";
import type { S3 } from "../s3.ts";
import { readingOf } from "../reading.ts";

export function headObject(s3: S3, input: HeadObjectRequest): Record<string, unknown> {
  return readingOf(s3, input, "HEAD").members;
}
