// Parts of multipart uploads: taken in one by one, and joined when the upload is completed.
import type { CompletedPart } from "@aws-sdk/client-s3";
import { s3Limits } from "../../../model/limits/s3.ts";
import { AwsError } from "../../kernel/awsError.ts";
import type { Call } from "../../kernel/service.ts";
import { type Algorithm, type Checksum, compositeChecksum, givenChecksum, memberOf, startDigest } from "./checksums.ts";
import type { Body, BodyFile } from "./bodies.ts";
import { invalidArgument, invalidRequest, malformedXml } from "./errors.ts";
import type { S3 } from "./s3.ts";
import type { Part, Upload } from "./uploads.ts";
import { type GivenContent, receiveContent } from "./writing.ts";

export async function storePart(
  s3: S3,
  upload: Upload,
  number: number | undefined,
  input: GivenContent,
  call: Call,
): Promise<{ readonly part: Part; readonly algorithm: Algorithm }> {
  const max = s3Limits.parts.value;
  if (number === undefined || !Number.isInteger(number) || number < 1 || number > max)
    throw invalidArgument(`Part number must be an integer between 1 and ${max}, inclusive`, "partNumber", number);
  const { algorithm, isChecked } = upload.request;
  const given = givenChecksum(input);
  if (isChecked && given !== undefined && given.algorithm !== algorithm)
    throw invalidRequest(
      `Checksum Type mismatch occurred, expected checksum Type: ${algorithm.toLowerCase()}, actual checksum Type: ${given.algorithm.toLowerCase()}`,
    );
  const { body, checksum } = await receiveContent(s3, input, algorithm);
  const part: Part = {
    number,
    size: body.size,
    etag: body.md5,
    modifiedAt: call.now(),
    checksum: checksum.value,
    files: body.files,
  };
  s3.bodies.discard(s3.bodies.keep(body, () => s3.uploads.putPart(upload, part, body.content)));
  return { part, algorithm: checksum.algorithm };
}

/** The parts that are asked for, in their order, if they are as the caller knows them. */
export function chosenParts(s3: S3, upload: Upload, asked: readonly CompletedPart[]): Part[] {
  if (asked.length === 0) throw malformedXml();
  const there = new Map(s3.uploads.parts(upload).map((part) => [part.number, part]));
  let before = 0;
  const chosen = asked.map((each) => {
    const { PartNumber: number = 0, ETag: etag = "" } = each;
    const part = there.get(number);
    if (part === undefined || part.etag !== etag.replaceAll('"', "")) throw invalidPart(upload, number, etag);
    if (number <= before)
      throw new AwsError(
        "InvalidPartOrder",
        "The list of parts was not in ascending order. The parts list must be specified in order by part number.",
        { members: { UploadId: upload.id } },
      );
    before = number;
    const checksum = each[memberOf(upload.request.algorithm)];
    if (checksum !== undefined && checksum !== part.checksum) throw invalidPart(upload, number, etag);
    return part;
  });
  const min = s3Limits.partBytesMin.value;
  const small = chosen.slice(0, -1).find(({ size }) => size < min);
  if (small !== undefined)
    throw new AwsError("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", {
      members: { ProposedSize: small.size, MinSizeAllowed: min, PartNumber: small.number, ETag: small.etag },
    });
  return chosen;
}

function invalidPart(upload: Upload, number: number, etag: string): AwsError {
  return new AwsError(
    "InvalidPart",
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    { members: { UploadId: upload.id, PartNumber: number, ETag: etag.replaceAll('"', "") } },
  );
}

/** One content of several: their files one after the other; what has none gets one, unless all of it is small. */
export async function joinParts(
  s3: S3,
  upload: Upload,
  parts: readonly Part[],
): Promise<{ readonly body: Body; readonly added: readonly BodyFile[] }> {
  const bodies = parts.map((part) => s3.uploads.bodyOf(upload, part));
  const [only] = bodies;
  if (bodies.length === 1 && only !== undefined) return { body: only, added: [] };
  const files: BodyFile[] = [];
  const added: BodyFile[] = [];
  for (const body of bodies) {
    const own = body.files.length > 0 || body.content === null ? body.files : await s3.bodies.write(body.content);
    if (own !== body.files) added.push(...own);
    files.push(...own);
  }
  return { body: { size: files.reduce((sum, { size }) => sum + size, 0), content: null, files }, added };
}

/** As the upload was to have it: of the parts' checksums, or of the whole. */
export async function checksumOf(s3: S3, upload: Upload, parts: readonly Part[], body: Body): Promise<Checksum> {
  const { algorithm, checksumType } = upload.request;
  if (checksumType === "COMPOSITE")
    return compositeChecksum(
      algorithm,
      parts.map(({ checksum }) => checksum),
    );
  const digest = startDigest(algorithm);
  for await (const chunk of s3.bodies.chunks(body)) digest.update(chunk);
  return { algorithm, type: "FULL_OBJECT", value: (await digest.digest()).toString("base64") };
}
