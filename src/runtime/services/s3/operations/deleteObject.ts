import type { DeleteObjectOutput, DeleteObjectRequest } from "@aws-sdk/client-s3";
import type { Call } from "../../../kernel/service.ts";
import { removeObject } from "../removing.ts";
import type { S3 } from "../s3.ts";

export function deleteObject(s3: S3, input: DeleteObjectRequest, call: Call): DeleteObjectOutput {
  const bucket = s3.buckets.get(input.Bucket);
  const removed = removeObject(s3, bucket, input.Key ?? "", { versionId: input.VersionId, ifMatch: input.IfMatch }, call);
  return {
    ...(removed.versionId !== undefined && { VersionId: removed.versionId }),
    ...(removed.isMarker && { DeleteMarker: true }),
  };
}
