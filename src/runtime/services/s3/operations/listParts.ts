import type { ListPartsOutput, ListPartsRequest } from "@aws-sdk/client-s3";
import { memberOf } from "../checksums.ts";
import { quoted } from "../details.ts";
import { maxKeysOf } from "../listed.ts";
import { wholeSecond } from "../moment.ts";
import { owner } from "../owner.ts";
import type { S3 } from "../s3.ts";

export function listParts(s3: S3, input: ListPartsRequest): ListPartsOutput {
  const bucket = s3.buckets.get(input.Bucket);
  const upload = s3.uploads.get(bucket, input.Key ?? "", input.UploadId);
  const marker = Number(input.PartNumberMarker ?? 0);
  const max = maxKeysOf(input.MaxParts, "max-parts");
  const after = s3.uploads.parts(upload).filter(({ number }) => number > marker);
  const page = after.slice(0, max);
  const { algorithm, checksumType, isChecked } = upload.request;
  return {
    Bucket: bucket.name,
    Key: upload.key,
    UploadId: upload.id,
    PartNumberMarker: String(marker),
    NextPartNumberMarker: String(page.at(-1)?.number ?? 0),
    MaxParts: max,
    IsTruncated: after.length > page.length,
    Initiator: { ID: owner.ID },
    Owner: owner,
    StorageClass: "STANDARD",
    ...(isChecked && { ChecksumAlgorithm: algorithm as NonNullable<ListPartsOutput["ChecksumAlgorithm"]>, ChecksumType: checksumType }),
    Parts: page.map((part) => ({
      PartNumber: part.number,
      LastModified: wholeSecond(part.modifiedAt),
      ETag: quoted(part.etag),
      Size: part.size,
      ...(isChecked && { [memberOf(algorithm)]: part.checksum }),
    })),
  };
}
