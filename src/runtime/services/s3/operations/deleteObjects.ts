import type { DeletedObject, DeleteObjectsOutput, DeleteObjectsRequest, _Error as DeleteError } from "@aws-sdk/client-s3";
import { s3Limits } from "../../../../model/limits/s3.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import { malformedXml } from "../errors.ts";
import { removeObject } from "../removing.ts";
import type { S3 } from "../s3.ts";

export function deleteObjects(s3: S3, input: DeleteObjectsRequest, call: Call): DeleteObjectsOutput {
  const bucket = s3.buckets.get(input.Bucket);
  const asked = input.Delete?.Objects ?? [];
  if (asked.length === 0 || asked.length > s3Limits.deletedKeys.value) throw malformedXml();
  const deleted: DeletedObject[] = [];
  const errors: DeleteError[] = [];
  for (const { Key: key = "", VersionId: versionId, ETag: etag } of asked) {
    const named = { Key: key, ...(versionId !== undefined && { VersionId: versionId }) };
    try {
      const removed = removeObject(s3, bucket, key, { versionId, ifMatch: etag }, call);
      const marker = removed.isMarker ? { DeleteMarker: true, DeleteMarkerVersionId: removed.versionId ?? "null" } : {};
      deleted.push({ ...named, ...marker });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      errors.push({ ...named, Code: error.code, Message: error.message });
    }
  }
  return {
    ...(input.Delete?.Quiet !== true && deleted.length > 0 && { Deleted: deleted }),
    ...(errors.length > 0 && { Errors: errors }),
  };
}
