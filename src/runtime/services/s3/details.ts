// What stands in headers beside a content: from the request into the object, and out of it into answers.
import { invalidArgument } from "./errors.ts";
import { memberOf, type Checksum } from "./checksums.ts";
import { wholeSecond } from "./moment.ts";
import { nullVersion, type Details, type StoredObject, type Tags } from "./objects.ts";
import type { Bucket } from "./buckets.ts";
import { AwsError } from "../../kernel/awsError.ts";

const kept = [
  "CacheControl",
  "ContentDisposition",
  "ContentEncoding",
  "ContentLanguage",
  "ContentType",
  "WebsiteRedirectLocation",
  "StorageClass",
  "ServerSideEncryption",
  "SSEKMSKeyId",
  "BucketKeyEnabled",
  "SSECustomerAlgorithm",
  "SSECustomerKeyMD5",
  "ObjectLockMode",
  "ObjectLockLegalHoldStatus",
] as const;

export type HeaderMembers = { readonly [Name in (typeof kept)[number]]?: string | boolean | undefined } & {
  readonly Expires?: Date | string | undefined;
  readonly ObjectLockRetainUntilDate?: Date | string | undefined;
  readonly Metadata?: Readonly<Record<string, string>> | undefined;
};

const storageClasses: ReadonlySet<unknown> = new Set([
  "STANDARD",
  "REDUCED_REDUNDANCY",
  "STANDARD_IA",
  "ONEZONE_IA",
  "INTELLIGENT_TIERING",
  "GLACIER",
  "DEEP_ARCHIVE",
  "GLACIER_IR",
  "SNOW",
  "EXPRESS_ONEZONE",
  "OUTPOSTS",
]);

const maxMetadataBytes = 2048;

export function detailsOf(input: HeaderMembers, checksum: Checksum | undefined): Details {
  const headers: Record<string, string | boolean> = {};
  for (const name of kept) {
    const value = input[name];
    if (value !== undefined && value !== "") headers[name] = value;
  }
  if (headers["StorageClass"] === "STANDARD") delete headers["StorageClass"];
  if (headers["StorageClass"] !== undefined && !storageClasses.has(headers["StorageClass"]))
    throw new AwsError("InvalidStorageClass", "The storage class you specified is not valid", {
      members: { StorageClassRequested: headers["StorageClass"] },
    });
  const encoding = withoutChunked(headers["ContentEncoding"]);
  if (encoding === "") delete headers["ContentEncoding"];
  else if (encoding !== undefined) headers["ContentEncoding"] = encoding;
  for (const name of ["Expires", "ObjectLockRetainUntilDate"] as const) {
    const moment = input[name];
    if (moment !== undefined) headers[name] = moment instanceof Date ? moment.toISOString() : moment;
  }
  const metadata = input.Metadata ?? {};
  const bytes = Object.entries(metadata).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (bytes > maxMetadataBytes)
    throw new AwsError("MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size", {
      members: { Size: bytes, MaxSizeAllowed: maxMetadataBytes },
    });
  return { headers, metadata, ...(checksum && { checksum }) };
}

/** `aws-chunked` says how the request came, not what the content is. */
function withoutChunked(encoding: string | boolean | undefined): string | undefined {
  if (typeof encoding !== "string") return undefined;
  return encoding
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "aws-chunked")
    .join(",");
}

/** Members that GetObject and HeadObject have in common. */
export function describeObject(bucket: Bucket, object: StoredObject, hasChecksum: boolean): Record<string, unknown> {
  const { headers, metadata, checksum } = object.details;
  const { Expires: expires, ObjectLockRetainUntilDate: retainUntil, ...rest } = headers;
  const tagCount = Object.keys(object.tags).length;
  return {
    AcceptRanges: "bytes",
    LastModified: wholeSecond(object.modifiedAt),
    ETag: quoted(object.etag),
    ContentType: "binary/octet-stream",
    ServerSideEncryption: "AES256",
    ...rest,
    ...(typeof expires === "string" && { Expires: new Date(expires) }),
    ...(typeof retainUntil === "string" && { ObjectLockRetainUntilDate: new Date(retainUntil) }),
    ...(Object.keys(metadata).length > 0 && { Metadata: metadata }),
    ...(hasChecksum && checksum && { [memberOf(checksum.algorithm)]: checksum.value, ChecksumType: checksum.type }),
    ...versionMember(bucket, object.versionId),
    ...(tagCount > 0 && { TagCount: tagCount }),
  };
}

/** A bucket that never had versioning says nothing of versions. */
export function versionMember(bucket: Bucket, versionId: string): { readonly VersionId?: string } {
  return bucket.versioning === null && versionId === nullVersion ? {} : { VersionId: versionId };
}

export function quoted(etag: string): string {
  return `"${etag}"`;
}

/** `x-amz-tagging: a=1&b=2`. */
export function readTagHeader(text: string | undefined): Tags {
  if (text === undefined || text === "") return {};
  const pairs = [...new URLSearchParams(text)];
  if (new Set(pairs.map(([key]) => key)).size < pairs.length)
    throw invalidArgument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      "x-amz-tagging",
      text,
    );
  const tags = Object.fromEntries(pairs);
  checkTags(tags, 10);
  return tags;
}

export function readTagSet(
  given: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[],
  max: number,
): Tags {
  const keys = new Set<string>();
  for (const { Key: key } of given) {
    if (keys.has(key ?? ""))
      throw new AwsError("InvalidTag", "Cannot provide multiple Tags with the same key", { members: { TagKey: key ?? "" } });
    keys.add(key ?? "");
  }
  const tags = Object.fromEntries(given.map(({ Key: key = "", Value: value = "" }) => [key, value]));
  checkTags(tags, max);
  return tags;
}

function checkTags(tags: Tags, max: number): void {
  const entries = Object.entries(tags);
  if (entries.length > max)
    throw new AwsError(
      "BadRequest",
      max === 10 ? "Object tags cannot be greater than 10" : `Bucket tag count cannot be greater than ${max}`,
    );
  for (const [key, value] of entries) {
    if (key === "" || key.length > 128)
      throw new AwsError("InvalidTag", "The TagKey you have provided is invalid", { members: { TagKey: key } });
    if (value.length > 256)
      throw new AwsError("InvalidTag", "The TagValue you have provided is invalid", { members: { TagKey: key, TagValue: value } });
    if (key.startsWith("aws:"))
      throw new AwsError("InvalidTag", "System tags cannot be added/updated by requester", { members: { TagKey: key } });
  }
}

export function tagSetOf(tags: Tags): { readonly Key: string; readonly Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
