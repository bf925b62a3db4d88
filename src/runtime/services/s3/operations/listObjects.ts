import type { ListObjectsOutput, ListObjectsRequest } from "@aws-sdk/client-s3";
import { describeEntry, encoder, maxKeysOf } from "../listed.ts";
import { listPage } from "../listing.ts";
import { owner } from "../owner.ts";
import type { S3 } from "../s3.ts";

/** The older list: pages by the last key that was seen, which is told only where keys are rolled up. */
export function listObjects(s3: S3, input: ListObjectsRequest): ListObjectsOutput {
  const bucket = s3.buckets.get(input.Bucket);
  const { Prefix: prefix = "", Delimiter: delimiter = "", Marker: marker = "" } = input;
  const maxKeys = maxKeysOf(input.MaxKeys);
  const encode = encoder(input.EncodingType);
  const page = listPage(s3.objects, bucket, { prefix, delimiter, after: marker, max: maxKeys });
  const isTruncated = page.isTruncated && maxKeys > 0;
  return {
    Name: bucket.name,
    Prefix: encode(prefix),
    Marker: encode(marker),
    ...(delimiter !== "" && { Delimiter: encode(delimiter) }),
    MaxKeys: maxKeys,
    ...(input.EncodingType !== undefined && { EncodingType: input.EncodingType }),
    IsTruncated: isTruncated,
    ...(isTruncated && delimiter !== "" && page.last !== null && { NextMarker: encode(page.last) }),
    Contents: page.entries.map((object) => ({ ...describeEntry(object, encode), Owner: owner })),
    CommonPrefixes: page.commonPrefixes.map((common) => ({ Prefix: encode(common) })),
  };
}
