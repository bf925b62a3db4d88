// Checksums of contents as S3 keeps them: https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
import { createHash } from "node:crypto";
import { Crc32, Crc32c, Crc64Nvme } from "@aws-sdk/checksums/crc";
import { AwsError } from "../../kernel/awsError.ts";
import { invalidRequest } from "./errors.ts";

export const algorithms = ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256", "SHA512", "MD5"] as const;
export type Algorithm = (typeof algorithms)[number];
export type ChecksumType = "FULL_OBJECT" | "COMPOSITE";

/** The one that an object has when its writer names none. */
export const defaultAlgorithm: Algorithm = "CRC64NVME";

export interface Checksum {
  readonly algorithm: Algorithm;
  readonly type: ChecksumType;
  /** Base64; of a composite one with `-` and the number of parts behind it. */
  readonly value: string;
}

/** `ChecksumCRC32`: the member of inputs and outputs. */
export function memberOf(algorithm: Algorithm): `Checksum${Algorithm}` {
  return `Checksum${algorithm}`;
}

export type ChecksumMembers = { readonly [Name in `Checksum${Algorithm}`]?: string | undefined };

export function readAlgorithm(given: string | undefined): Algorithm | undefined {
  if (given === undefined) return undefined;
  const known = algorithms.find((algorithm) => algorithm === given.toUpperCase());
  if (known === undefined)
    throw invalidRequest(
      "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]",
    );
  return known;
}

/** What the writer says the checksum is, in a header or, of a stream, behind it. */
export function givenChecksum(
  members: ChecksumMembers,
  trailers: Readonly<Record<string, string>> = {},
): { readonly algorithm: Algorithm; readonly value: string } | undefined {
  for (const algorithm of algorithms) {
    const value = members[memberOf(algorithm)] ?? trailers[`x-amz-checksum-${algorithm.toLowerCase()}`];
    if (value !== undefined) return { algorithm, value };
  }
  return undefined;
}

export interface Digest {
  update(bytes: Uint8Array): void;
  digest(): Promise<Buffer>;
}

/** Node has the hashes; the CRCs are those of the AWS SDK. */
export function startDigest(algorithm: Algorithm): Digest {
  switch (algorithm) {
    case "CRC32":
      return asBuffer(new Crc32());
    case "CRC32C":
      return asBuffer(new Crc32c());
    case "CRC64NVME":
      return asBuffer(new Crc64Nvme());
    default: {
      const hash = createHash(algorithm.toLowerCase());
      return { update: (bytes) => void hash.update(bytes), digest: async () => hash.digest() };
    }
  }
}

function asBuffer(checksum: { update(bytes: Uint8Array): void; digest(): Promise<Uint8Array> }): Digest {
  return { update: (bytes) => checksum.update(bytes), digest: async () => Buffer.from(await checksum.digest()) };
}

export function badDigest(algorithm: Algorithm): AwsError {
  return new AwsError("BadDigest", `The ${algorithm} you specified did not match the calculated checksum.`);
}

/** As answers carry it: the value under its algorithm's name, and its type. */
export function checksumMembers(checksum: Checksum | undefined): ChecksumMembers & { readonly ChecksumType?: ChecksumType } {
  if (checksum === undefined) return {};
  return { [memberOf(checksum.algorithm)]: checksum.value, ChecksumType: checksum.type };
}

/** Of the parts' checksums, as a multipart upload's object has it unless it asks for one of the whole. */
export async function compositeChecksum(algorithm: Algorithm, values: readonly string[]): Promise<Checksum> {
  const digest = startDigest(algorithm);
  for (const value of values) digest.update(Buffer.from(value, "base64"));
  return { algorithm, type: "COMPOSITE", value: `${(await digest.digest()).toString("base64")}-${values.length}` };
}
