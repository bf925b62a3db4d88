import type { ListObjectsV2Output, ListObjectsV2Request } from "@aws-sdk/client-s3";
import { invalidArgument } from "../errors.ts";
import { describeEntry, encoder, maxKeysOf } from "../listed.ts";
import { listPage } from "../listing.ts";
import { owner } from "../owner.ts";
import type { S3 } from "../s3.ts";

export function listObjectsV2(s3: S3, input: ListObjectsV2Request): ListObjectsV2Output {
  const bucket = s3.buckets.get(input.Bucket);
  const { Prefix: prefix = "", Delimiter: delimiter = "", ContinuationToken: token, StartAfter: startAfter = "" } = input;
  const maxKeys = maxKeysOf(input.MaxKeys);
  const encode = encoder(input.EncodingType);
  const after = token === undefined ? startAfter : readToken(token);
  const page = listPage(s3.objects, bucket, { prefix, delimiter, after, max: maxKeys });
  const isTruncated = page.isTruncated && maxKeys > 0;
  return {
    Name: bucket.name,
    Prefix: encode(prefix),
    ...(delimiter !== "" && { Delimiter: encode(delimiter) }),
    MaxKeys: maxKeys,
    ...(input.EncodingType !== undefined && { EncodingType: input.EncodingType }),
    KeyCount: page.entries.length + page.commonPrefixes.length,
    IsTruncated: isTruncated,
    ...(token !== undefined && { ContinuationToken: token }),
    ...(isTruncated && page.last !== null && { NextContinuationToken: writeToken(page.last) }),
    ...(input.StartAfter !== undefined && { StartAfter: encode(startAfter) }),
    Contents: page.entries.map((object) => ({
      ...describeEntry(object, encode),
      ...(input.FetchOwner === true && { Owner: owner }),
    })),
    CommonPrefixes: page.commonPrefixes.map((common) => ({ Prefix: encode(common) })),
  };
}

/** Opaque to clients: the key to go on after. */
function writeToken(last: string): string {
  return Buffer.from(`1${last}`).toString("base64");
}

function readToken(token: string): string {
  const text = Buffer.from(token, "base64").toString("utf8");
  if (!text.startsWith("1")) throw invalidArgument("The continuation token provided is incorrect", "continuation-token", token);
  return text.slice(1);
}
