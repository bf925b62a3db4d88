import type { UploadPartCopyOutput, UploadPartCopyRequest } from "@aws-sdk/client-s3";
import type { Call } from "../../../kernel/service.ts";
import { memberOf } from "../checksums.ts";
import { copySourceOf } from "../copySource.ts";
import { quoted } from "../details.ts";
import { invalidArgument } from "../errors.ts";
import { wholeSecond } from "../moment.ts";
import { storePart } from "../parts.ts";
import type { S3 } from "../s3.ts";

export async function uploadPartCopy(s3: S3, input: UploadPartCopyRequest, call: Call): Promise<UploadPartCopyOutput> {
  const bucket = s3.buckets.get(input.Bucket);
  const upload = s3.uploads.get(bucket, input.Key ?? "", input.UploadId);
  const source = copySourceOf(s3, input);
  const { start, end } = rangeOf(input.CopySourceRange, source.object.size);
  const body = s3.objects.bodyOf(source.object);
  const release = s3.bodies.hold(body);
  const content = s3.bodies.chunks(body, start, end);
  const { part, algorithm } = await storePart(s3, upload, input.PartNumber, { Body: content }, call).finally(release);
  return {
    CopyPartResult: { ETag: quoted(part.etag), LastModified: wholeSecond(part.modifiedAt), [memberOf(algorithm)]: part.checksum },
    ServerSideEncryption: "AES256",
    ...(source.bucket.versioning !== null && { CopySourceVersionId: source.object.versionId }),
  };
}

function rangeOf(header: string | undefined, size: number): { readonly start: number; readonly end: number } {
  if (header === undefined) return { start: 0, end: size };
  const match = /^bytes=(\d+)-(\d+)$/.exec(header);
  if (!match)
    throw invalidArgument(
      "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy",
      "x-amz-copy-source-range",
      header,
    );
  const [start, last] = [Number(match[1]), Number(match[2])];
  if (last >= size || start > last)
    throw invalidArgument(`Range specified is not valid for source object of size: ${size}`, "x-amz-copy-source-range", header);
  return { start, end: last + 1 };
}
