import type { CreateMultipartUploadOutput, CreateMultipartUploadRequest } from "@aws-sdk/client-s3";
import type { Call } from "../../../kernel/service.ts";
import { type Algorithm, type ChecksumType, defaultAlgorithm, readAlgorithm } from "../checksums.ts";
import { detailsOf, readTagHeader } from "../details.ts";
import { invalidRequest } from "../errors.ts";
import { checkKey } from "../names.ts";
import type { S3 } from "../s3.ts";

export function createMultipartUpload(s3: S3, input: CreateMultipartUploadRequest, call: Call): CreateMultipartUploadOutput {
  const bucket = s3.buckets.get(input.Bucket);
  const key = checkKey(input.Key);
  const asked = readAlgorithm(input.ChecksumAlgorithm);
  const algorithm = asked ?? defaultAlgorithm;
  const checksumType = typeOf(algorithm, input.ChecksumType);
  const id = s3.environment.kernel.ids.hex(64);
  s3.uploads.create(bucket, {
    id,
    key,
    initiatedAt: call.now(),
    request: {
      details: detailsOf(input, undefined),
      tags: readTagHeader(input.Tagging),
      algorithm,
      checksumType,
      isChecked: asked !== undefined,
    },
  });
  return {
    Bucket: bucket.name,
    Key: key,
    UploadId: id,
    ServerSideEncryption: "AES256",
    ...(asked !== undefined && {
      ChecksumAlgorithm: asked as NonNullable<CreateMultipartUploadOutput["ChecksumAlgorithm"]>,
      ChecksumType: checksumType,
    }),
  };
}

/** Only cyclic checksums can be had of the whole without reading it again, and CRC64NVME is never composite. */
function typeOf(algorithm: Algorithm, asked: string | undefined): ChecksumType {
  const usual = algorithm === "CRC64NVME" ? "FULL_OBJECT" : "COMPOSITE";
  if (asked === undefined) return usual;
  const isFit = asked === "FULL_OBJECT" ? algorithm.startsWith("CRC") : asked === "COMPOSITE" && algorithm !== "CRC64NVME";
  if (!isFit) throw invalidRequest(`The ${asked} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`);
  return asked === "FULL_OBJECT" ? "FULL_OBJECT" : "COMPOSITE";
}
