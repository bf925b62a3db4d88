// What the list operations have in common.
import type { EncodingType, _Object as ListedObject } from "@aws-sdk/client-s3";
import { s3Limits } from "../../../model/limits/s3.ts";
import { quoted } from "./details.ts";
import { invalidArgument } from "./errors.ts";
import { encodeKey } from "./listing.ts";
import { wholeSecond } from "./moment.ts";
import type { StoredObject } from "./objects.ts";

export function maxKeysOf(given: number | undefined, name = "maxKeys"): number {
  const max = s3Limits.listedKeys.value;
  if (given === undefined) return max;
  if (!Number.isInteger(given) || given < 0 || given > 2_147_483_647)
    throw invalidArgument(`Argument ${name} must be an integer between 0 and 2147483647`, name, given);
  return Math.min(given, max);
}

export function encoder(type: EncodingType | undefined): (text: string) => string {
  if (type === undefined) return (text) => text;
  if (type !== "url") throw invalidArgument("Invalid Encoding Method specified in Request", "encoding-type", type);
  return encodeKey;
}

export function describeEntry(object: StoredObject, encode: (text: string) => string): ListedObject {
  const { checksum, headers } = object.details;
  return {
    Key: encode(object.key),
    LastModified: wholeSecond(object.modifiedAt),
    ETag: quoted(object.etag),
    ...(checksum && { ChecksumAlgorithm: [checksum.algorithm], ChecksumType: checksum.type }),
    Size: object.size,
    StorageClass: storageClassOf(headers["StorageClass"]),
  };
}

function storageClassOf(given: string | boolean | undefined): NonNullable<ListedObject["StorageClass"]> {
  // Checked when the object was written.
  return typeof given === "string" ? (given as NonNullable<ListedObject["StorageClass"]>) : "STANDARD";
}
