import type { ListMultipartUploadsOutput, ListMultipartUploadsRequest } from "@aws-sdk/client-s3";
import { encoder, maxKeysOf } from "../listed.ts";
import { isBefore, rolledUp } from "../listing.ts";
import { wholeSecond } from "../moment.ts";
import { owner } from "../owner.ts";
import type { S3 } from "../s3.ts";
import type { Upload } from "../uploads.ts";

export function listMultipartUploads(s3: S3, input: ListMultipartUploadsRequest): ListMultipartUploadsOutput {
  const bucket = s3.buckets.get(input.Bucket);
  const { Prefix: prefix = "", Delimiter: delimiter = "", KeyMarker: keyMarker = "", UploadIdMarker: idMarker = "" } = input;
  const max = maxKeysOf(input.MaxUploads, "max-uploads");
  const encode = encoder(input.EncodingType);
  const isAfter = ({ key, id }: Upload): boolean =>
    keyMarker === "" || isBefore(keyMarker, key) || (key === keyMarker && idMarker !== "" && id > idMarker);
  const fitting = s3.uploads.of(bucket).filter((upload) => upload.key.startsWith(prefix) && isAfter(upload));
  const uploads: Upload[] = [];
  const common = new Set<string>();
  let isTruncated = false;
  for (const upload of fitting) {
    const rolled = rolledUp(upload.key, prefix, delimiter);
    if (rolled !== undefined && common.has(rolled)) continue;
    if (uploads.length + common.size >= max) {
      isTruncated = true;
      break;
    }
    if (rolled === undefined) uploads.push(upload);
    else common.add(rolled);
  }
  const last = uploads.at(-1);
  return {
    Bucket: bucket.name,
    KeyMarker: encode(keyMarker),
    UploadIdMarker: idMarker,
    ...(isTruncated && last && { NextKeyMarker: encode(last.key), NextUploadIdMarker: last.id }),
    Prefix: encode(prefix),
    ...(delimiter !== "" && { Delimiter: encode(delimiter) }),
    ...(input.EncodingType !== undefined && { EncodingType: input.EncodingType }),
    MaxUploads: max,
    IsTruncated: isTruncated,
    Uploads: uploads.map(({ key, id, initiatedAt, request }) => ({
      Key: encode(key),
      UploadId: id,
      Initiated: wholeSecond(initiatedAt),
      StorageClass: "STANDARD",
      Owner: owner,
      Initiator: { ID: owner.ID },
      ...(request.isChecked && {
        ChecksumAlgorithm: request.algorithm as "CRC32",
        ChecksumType: request.checksumType,
      }),
    })),
    CommonPrefixes: [...common].map((each) => ({ Prefix: encode(each) })),
  };
}
