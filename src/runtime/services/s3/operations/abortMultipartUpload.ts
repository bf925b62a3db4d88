import type { AbortMultipartUploadRequest } from "@aws-sdk/client-s3";
import type { S3 } from "../s3.ts";

export function abortMultipartUpload(s3: S3, input: AbortMultipartUploadRequest): Record<string, never> {
  const bucket = s3.buckets.get(input.Bucket);
  const upload = s3.uploads.get(bucket, input.Key ?? "", input.UploadId);
  const files = s3.uploads.parts(upload).flatMap((part) => part.files);
  s3.objects.transact(() => s3.uploads.delete(upload));
  s3.bodies.discard(files);
  return {};
}
