import { createHash } from "node:crypto";
import type { CompleteMultipartUploadOutput, CompleteMultipartUploadRequest } from "@aws-sdk/client-s3";
import type { Call } from "../../../kernel/service.ts";
import { badDigest, checksumMembers, givenChecksum } from "../checksums.ts";
import { quoted, versionMember } from "../details.ts";
import { invalidRequest } from "../errors.ts";
import { checksumOf, chosenParts, joinParts } from "../parts.ts";
import type { S3 } from "../s3.ts";
import { writeObject } from "../writing.ts";

/** The parts' own files become the object's: nothing is copied, however large it is. */
export async function completeMultipartUpload(
  s3: S3,
  input: CompleteMultipartUploadRequest,
  call: Call,
): Promise<CompleteMultipartUploadOutput> {
  const bucket = s3.buckets.get(input.Bucket);
  const upload = s3.uploads.get(bucket, input.Key ?? "", input.UploadId);
  const parts = chosenParts(s3, upload, input.MultipartUpload?.Parts ?? []);
  const { body, added } = await joinParts(s3, upload, parts);
  try {
    if (input.MpuObjectSize !== undefined && Number(input.MpuObjectSize) !== body.size)
      throw invalidRequest(
        `The provided 'x-amz-mp-object-size' header value ${String(input.MpuObjectSize)} does not match what was computed: ${body.size}`,
      );
    const checksum = await checksumOf(s3, upload, parts, body).finally(s3.bodies.hold(body));
    const given = givenChecksum(input);
    if (given?.algorithm === checksum.algorithm && given.value.replace(/-\d+$/, "") !== checksum.value.replace(/-\d+$/, ""))
      throw badDigest(checksum.algorithm);
    const etag = etagOf(parts);
    const { tags, details } = upload.request;
    const object = {
      key: upload.key,
      body,
      etag,
      tags,
      details: { ...details, checksum, parts: parts.map(({ number, size, checksum: own }) => ({ number, size, checksum: own })) },
    };
    const unused = s3.uploads.parts(upload).filter(({ number }) => !parts.some((part) => part.number === number));
    const { versionId } = writeObject(s3, bucket, object, input, "CompleteMultipartUpload", call, () => {
      // Completed or aborted meanwhile: its files are someone else's.
      s3.uploads.get(bucket, upload.key, upload.id);
      s3.uploads.delete(upload);
    });
    s3.bodies.discard(unused.flatMap(({ files }) => files));
    return {
      Location: `${s3.environment.endpoint()}/${bucket.name}/${upload.key.split("/").map(encodeURIComponent).join("/")}`,
      Bucket: bucket.name,
      Key: upload.key,
      ETag: quoted(etag),
      ...checksumMembers(checksum),
      ServerSideEncryption: "AES256",
      ...versionMember(bucket, versionId),
    };
  } catch (error) {
    s3.bodies.discard(added);
    throw error;
  }
}

/** Of the parts' digests, with their number behind it. */
function etagOf(parts: readonly { readonly etag: string }[]): string {
  const digest = createHash("md5");
  for (const { etag } of parts) digest.update(Buffer.from(etag, "hex"));
  return `${digest.digest("hex")}-${parts.length}`;
}
