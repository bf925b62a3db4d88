import type { CopyObjectOutput, CopyObjectRequest } from "@aws-sdk/client-s3";
import type { Call } from "../../../kernel/service.ts";
import type { Body } from "../bodies.ts";
import { type Algorithm, type Checksum, checksumMembers, readAlgorithm } from "../checksums.ts";
import { checkWrite } from "../conditions.ts";
import { detailsOf, quoted, readTagHeader, versionMember } from "../details.ts";
import { copySourceOf } from "../copySource.ts";
import { invalidArgument, invalidRequest } from "../errors.ts";
import { wholeSecond } from "../moment.ts";
import { checkKey } from "../names.ts";
import type { StoredObject } from "../objects.ts";
import type { S3 } from "../s3.ts";
import { receiveContent, writeObject } from "../writing.ts";

const directives: ReadonlySet<string> = new Set(["COPY", "REPLACE"]);

/** The content gets a second name; only what was uploaded in parts is read through, for the digest of the whole that it has as a copy. */
export async function copyObject(s3: S3, input: CopyObjectRequest, call: Call): Promise<CopyObjectOutput> {
  const bucket = s3.buckets.get(input.Bucket);
  const key = checkKey(input.Key);
  const source = copySourceOf(s3, input);
  for (const name of ["MetadataDirective", "TaggingDirective"] as const) {
    const directive = input[name];
    if (directive !== undefined && !directives.has(directive))
      throw invalidArgument(`Unknown ${name === "MetadataDirective" ? "metadata" : "tagging"} directive.`, name, directive);
  }
  const replaces = input.MetadataDirective === "REPLACE";
  const { object: given } = source;
  const isChange =
    replaces || input.StorageClass !== undefined || input.ServerSideEncryption !== undefined || input.WebsiteRedirectLocation !== undefined;
  if (source.bucket === bucket && given.key === key && given.isLatest && !isChange && bucket.versioning !== "Enabled")
    throw invalidRequest(
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  checkWrite(input, key, s3.objects.current(bucket, key));
  const asked = readAlgorithm(input.ChecksumAlgorithm);
  const { body, checksum, etag } = await copyOf(s3, given, asked);
  const { parts: _parts, ...kept } = given.details;
  const changed = detailsOf(
    replaces ? input : { ...given.details.headers, StorageClass: input.StorageClass, Metadata: given.details.metadata },
    checksum,
  );
  const details = replaces ? changed : { ...kept, headers: changed.headers, checksum };
  const tags = input.TaggingDirective === "REPLACE" ? readTagHeader(input.Tagging) : given.tags;
  const { versionId } = s3.bodies.keep(body, () => writeObject(s3, bucket, { key, body, etag, tags, details }, input, "Copy", call));
  const written = s3.objects.version(bucket, key, versionId);
  return {
    CopyObjectResult: { ETag: quoted(etag), LastModified: wholeSecond(written?.modifiedAt ?? call.now()), ...checksumMembers(checksum) },
    ServerSideEncryption: "AES256",
    ...(source.bucket.versioning !== null && { CopySourceVersionId: given.versionId }),
    ...versionMember(bucket, versionId),
  };
}

async function copyOf(
  s3: S3,
  object: StoredObject,
  asked: Algorithm | undefined,
): Promise<{ readonly body: Body; readonly checksum: Checksum; readonly etag: string }> {
  const { checksum: known, parts } = object.details;
  const content = s3.objects.bodyOf(object);
  const release = s3.bodies.hold(content);
  try {
    if (parts === undefined && known?.type === "FULL_OBJECT" && (asked ?? known.algorithm) === known.algorithm)
      return { body: await s3.bodies.duplicate(content), checksum: known, etag: object.etag };
    const { body, checksum } = await receiveContent(s3, { Body: s3.bodies.chunks(content) }, asked ?? known?.algorithm);
    return { body, checksum, etag: body.md5 };
  } finally {
    release();
  }
}
