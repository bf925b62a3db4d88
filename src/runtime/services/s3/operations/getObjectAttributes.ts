import type { GetObjectAttributesRequest } from "@aws-sdk/client-s3";
import { memberOf } from "../checksums.ts";
import { versionMember } from "../details.ts";
import { invalidArgument, invalidRequest } from "../errors.ts";
import { wholeSecond } from "../moment.ts";
import { presentObject } from "../reading.ts";
import type { S3 } from "../s3.ts";

const known: ReadonlySet<string> = new Set(["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"]);

export function getObjectAttributes(s3: S3, input: GetObjectAttributesRequest): Record<string, unknown> {
  const bucket = s3.buckets.get(input.Bucket);
  const object = presentObject(s3, bucket, input.Key ?? "", input.VersionId, "GET");
  const asked = new Set<string>(input.ObjectAttributes ?? []);
  if (asked.size === 0)
    throw invalidRequest("The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty");
  for (const name of asked)
    if (!known.has(name)) throw invalidArgument("Invalid attribute name specified.", "x-amz-object-attributes", name);
  const { checksum, parts, headers } = object.details;
  return {
    LastModified: wholeSecond(object.modifiedAt),
    ...versionMember(bucket, object.versionId),
    ...(asked.has("ETag") && { ETag: object.etag }),
    ...(asked.has("Checksum") &&
      checksum && { Checksum: { [memberOf(checksum.algorithm)]: checksum.value.replace(/-\d+$/, ""), ChecksumType: checksum.type } }),
    ...(asked.has("ObjectSize") && { ObjectSize: object.size }),
    ...(asked.has("StorageClass") && { StorageClass: headers["StorageClass"] ?? "STANDARD" }),
    ...(asked.has("ObjectParts") &&
      parts && { ObjectParts: partsPage(parts, checksum?.type === "COMPOSITE" ? checksum.algorithm : undefined, input) }),
  };
}

function partsPage(
  parts: readonly { readonly number: number; readonly size: number; readonly checksum?: string }[],
  algorithm: Parameters<typeof memberOf>[0] | undefined,
  input: GetObjectAttributesRequest,
) {
  const marker = Number(input.PartNumberMarker ?? 0);
  const max = input.MaxParts ?? 1000;
  const page = parts.filter(({ number }) => number > marker).slice(0, max);
  const isTruncated = (page.at(-1)?.number ?? Infinity) < (parts.at(-1)?.number ?? 0);
  return {
    TotalPartsCount: parts.length,
    // Single parts are told only of uploads whose parts have checksums of their own.
    ...(algorithm !== undefined && {
      PartNumberMarker: String(marker),
      MaxParts: max,
      IsTruncated: isTruncated,
      ...(isTruncated && { NextPartNumberMarker: String(page.at(-1)?.number) }),
      Parts: page.map(({ number, size, checksum }) => ({
        PartNumber: number,
        Size: size,
        ...(checksum !== undefined && { [memberOf(algorithm)]: checksum }),
      })),
    }),
  };
}
