import type { PutObjectOutput, PutObjectRequest } from "@aws-sdk/client-s3";
import type { Call } from "../../../kernel/service.ts";
import type { GivenBody } from "../bodies.ts";
import { checksumMembers } from "../checksums.ts";
import { checkWrite } from "../conditions.ts";
import { detailsOf, quoted, readTagHeader, versionMember } from "../details.ts";
import { checkKey } from "../names.ts";
import type { S3 } from "../s3.ts";
import { receiveContent, writeObject } from "../writing.ts";

export async function putObject(
  s3: S3,
  input: Omit<PutObjectRequest, "Body"> & { readonly Body?: GivenBody },
  call: Call,
): Promise<PutObjectOutput> {
  const bucket = s3.buckets.get(input.Bucket);
  const key = checkKey(input.Key);
  checkWrite(input, key, s3.objects.current(bucket, key));
  const tags = readTagHeader(input.Tagging);
  const details = detailsOf(input, undefined);
  const { body, checksum } = await receiveContent(s3, input);
  const object = { key, body, etag: body.md5, tags, details: { ...details, checksum } };
  const { versionId } = s3.bodies.keep(body, () => writeObject(s3, bucket, object, input, "Put", call));
  return {
    ETag: quoted(object.etag),
    ...checksumMembers(checksum),
    ServerSideEncryption: "AES256",
    ...versionMember(bucket, versionId),
  };
}
