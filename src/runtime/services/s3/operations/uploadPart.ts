import type { UploadPartOutput, UploadPartRequest } from "@aws-sdk/client-s3";
import type { Call } from "../../../kernel/service.ts";
import type { GivenBody } from "../bodies.ts";
import { memberOf } from "../checksums.ts";
import { quoted } from "../details.ts";
import { storePart } from "../parts.ts";
import type { S3 } from "../s3.ts";

export async function uploadPart(
  s3: S3,
  input: Omit<UploadPartRequest, "Body"> & { readonly Body?: GivenBody },
  call: Call,
): Promise<UploadPartOutput> {
  const bucket = s3.buckets.get(input.Bucket);
  const upload = s3.uploads.get(bucket, input.Key ?? "", input.UploadId);
  const { part, algorithm } = await storePart(s3, upload, input.PartNumber, input, call);
  return { ETag: quoted(part.etag), [memberOf(algorithm)]: part.checksum, ServerSideEncryption: "AES256" };
}
