import type { DeleteBucketRequest } from "@aws-sdk/client-s3";
import type { Call } from "../../../kernel/service.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import type { S3 } from "../s3.ts";

export function deleteBucket(s3: S3, input: DeleteBucketRequest, call: Call): Record<string, never> {
  const bucket = s3.buckets.get(input.Bucket);
  if (!s3.objects.isEmpty(bucket)) {
    const message =
      bucket.versioning === null
        ? "The bucket you tried to delete is not empty"
        : "The bucket you tried to delete is not empty. You must delete all versions in the bucket.";
    throw new AwsError("BucketNotEmpty", message, { status: 409, members: { BucketName: bucket.name } });
  }
  const resource = s3.buckets.ref(bucket);
  const uploads = s3.uploads.of(bucket);
  const files = uploads.flatMap((upload) => s3.uploads.parts(upload)).flatMap((part) => part.files);
  s3.objects.transact(() => {
    for (const upload of uploads) s3.uploads.delete(upload);
    s3.buckets.delete(bucket);
  });
  s3.bodies.discard(files);
  call.effect({ action: "delete", resource, key: bucket.name });
  return {};
}
