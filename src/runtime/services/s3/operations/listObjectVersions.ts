import type { DeleteMarkerEntry, ListObjectVersionsOutput, ListObjectVersionsRequest, ObjectVersion } from "@aws-sdk/client-s3";
import type { Bucket } from "../buckets.ts";
import { quoted } from "../details.ts";
import { invalidArgument } from "../errors.ts";
import { describeEntry, encoder, maxKeysOf } from "../listed.ts";
import { afterKey, followingPrefix, isBefore, rolledUp } from "../listing.ts";
import { wholeSecond } from "../moment.ts";
import type { StoredObject } from "../objects.ts";
import { owner } from "../owner.ts";
import type { S3 } from "../s3.ts";

/** Every version and delete marker, of each key the newest first. */
export function listObjectVersions(s3: S3, input: ListObjectVersionsRequest): ListObjectVersionsOutput {
  const bucket = s3.buckets.get(input.Bucket);
  const { Prefix: prefix = "", Delimiter: delimiter = "", KeyMarker: keyMarker = "", VersionIdMarker: versionMarker } = input;
  if (versionMarker !== undefined && keyMarker === "")
    throw invalidArgument("A version-id marker cannot be specified without a key marker.", "version-id-marker", versionMarker);
  const maxKeys = maxKeysOf(input.MaxKeys);
  const encode = encoder(input.EncodingType);
  const { found, commonPrefixes, isTruncated } = page(s3, bucket, { prefix, delimiter, keyMarker, versionMarker, max: maxKeys });
  const last = found.at(-1);
  const lastPrefix = commonPrefixes.at(-1);
  const endsInPrefix = lastPrefix !== undefined && (last === undefined || isBefore(last.key, lastPrefix));
  const versions: ObjectVersion[] = [];
  const markers: DeleteMarkerEntry[] = [];
  for (const object of found) {
    if (object.isMarker)
      markers.push({ ...describeVersion(object), Key: encode(object.key), LastModified: wholeSecond(object.modifiedAt) });
    else
      versions.push({ ...describeEntry(object, encode), StorageClass: "STANDARD", ETag: quoted(object.etag), ...describeVersion(object) });
  }
  return {
    Name: bucket.name,
    Prefix: encode(prefix),
    KeyMarker: encode(keyMarker),
    VersionIdMarker: versionMarker ?? "",
    ...(delimiter !== "" && { Delimiter: encode(delimiter) }),
    MaxKeys: maxKeys,
    ...(input.EncodingType !== undefined && { EncodingType: input.EncodingType }),
    IsTruncated: isTruncated,
    ...(isTruncated && endsInPrefix && { NextKeyMarker: encode(lastPrefix) }),
    ...(isTruncated && !endsInPrefix && last && { NextKeyMarker: encode(last.key), NextVersionIdMarker: last.versionId }),
    Versions: versions,
    DeleteMarkers: markers,
    CommonPrefixes: commonPrefixes.map((common) => ({ Prefix: encode(common) })),
  };
}

function describeVersion(object: StoredObject) {
  return { VersionId: object.versionId, IsLatest: object.isLatest, Owner: owner };
}

interface VersionQuery {
  readonly prefix: string;
  readonly delimiter: string;
  readonly keyMarker: string;
  readonly versionMarker: string | undefined;
  readonly max: number;
}

function page(s3: S3, bucket: Bucket, query: VersionQuery) {
  const { prefix, delimiter, keyMarker, versionMarker, max } = query;
  const found: StoredObject[] = [];
  const commonPrefixes: string[] = [];
  const before = followingPrefix(prefix);
  let from = keyMarker === "" || isBefore(keyMarker, prefix) ? prefix : afterKey(keyMarker);
  if (keyMarker !== "" && delimiter !== "" && rolledUp(keyMarker, prefix, delimiter) === keyMarker) from = followingPrefix(keyMarker);
  // The versions of the marker's own key that come after the marked one.
  const marked = versionMarker === undefined ? undefined : s3.objects.version(bucket, keyMarker, versionMarker);
  const rest =
    marked === undefined ? [] : s3.objects.versions(bucket, keyMarker, afterKey(keyMarker), 100_000).filter(({ id }) => id < marked.id);
  const count = (): number => found.length + commonPrefixes.length;
  for (const version of rest) {
    if (count() >= max) return { found, commonPrefixes, isTruncated: max > 0 };
    found.push(version);
  }
  let offset = 0;
  for (;;) {
    const rows = s3.objects.versions(bucket, from, before, offset + 250).slice(offset);
    if (rows.length === 0) return { found, commonPrefixes, isTruncated: false };
    offset += rows.length;
    for (const row of rows) {
      if (count() >= max) return { found, commonPrefixes, isTruncated: max > 0 };
      const rolled = rolledUp(row.key, prefix, delimiter);
      if (rolled === undefined) {
        found.push(row);
        continue;
      }
      commonPrefixes.push(rolled);
      from = followingPrefix(rolled);
      offset = 0;
      break;
    }
  }
}
