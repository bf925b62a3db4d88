// Puts an object: its content taken in and compared with what was said of it, then all of it made current at once.
import type { Call } from "../../kernel/service.ts";
import { s3Limits } from "../../../model/limits/s3.ts";
import { AwsError } from "../../kernel/awsError.ts";
import type { GivenBody, ReceivedBody } from "./bodies.ts";
import type { Bucket } from "./buckets.ts";
import {
  badDigest,
  type Checksum,
  type ChecksumMembers,
  defaultAlgorithm,
  givenChecksum,
  readAlgorithm,
  algorithms,
  type Algorithm,
} from "./checksums.ts";
import { checkWrite } from "./conditions.ts";
import { noSuchBucket } from "./errors.ts";
import { type NewObject, nullVersion, type StoredObject } from "./objects.ts";
import type { S3 } from "./s3.ts";

export interface GivenContent extends ChecksumMembers {
  readonly Body?: GivenBody;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
}

export interface Received {
  readonly body: ReceivedBody;
  readonly checksum: Checksum;
}

/** Takes the content in; refuses one that is not what its checksums say. */
export async function receiveContent(s3: S3, input: GivenContent, fallback: Algorithm = defaultAlgorithm): Promise<Received> {
  const announced = givenChecksum(input);
  const asked = readAlgorithm(input.ChecksumAlgorithm);
  const wanted = new Set<Algorithm>([announced?.algorithm ?? asked ?? trailerAlgorithm(input.Body) ?? fallback]);
  const body = await s3.bodies.receive(input.Body, wanted, s3Limits.uploadBytes.value);
  try {
    if (input.ContentMD5 !== undefined) checkMd5(input.ContentMD5, body.md5);
    const given = announced ?? givenChecksum({}, trailersOf(input.Body));
    const [algorithm = fallback] = wanted;
    const value = body.digests.get(algorithm)?.toString("base64") ?? "";
    if (given?.algorithm === algorithm && given.value !== value) throw badDigest(algorithm);
    return { body, checksum: { algorithm, type: "FULL_OBJECT", value } };
  } catch (error) {
    s3.bodies.discard(body.files);
    throw error;
  }
}

/** A stream names in its head which checksum stands behind it. */
function trailerAlgorithm(body: GivenBody): Algorithm | undefined {
  const name = typeof body === "object" && body !== null && "trailerNames" in body ? String(body.trailerNames) : "";
  return algorithms.find((algorithm) => name.includes(`x-amz-checksum-${algorithm.toLowerCase()}`));
}

function trailersOf(body: GivenBody): Record<string, string> {
  if (typeof body !== "object" || body === null || !("trailers" in body)) return {};
  return Object.fromEntries(Object.entries(body.trailers ?? {}).map(([name, value]) => [name, String(value)]));
}

function checkMd5(given: string, md5: string): void {
  const bytes = Buffer.from(given, "base64");
  if (bytes.length !== 16)
    throw new AwsError("InvalidDigest", "The Content-MD5 you specified was invalid.", { members: { "Content-MD5": given } });
  if (bytes.toString("hex") !== md5)
    throw new AwsError("BadDigest", "The Content-MD5 you specified did not match what we received.", {
      members: { ExpectedDigest: given, CalculatedDigest: Buffer.from(md5, "hex").toString("base64") },
    });
}

export interface Written {
  readonly versionId: string;
}

export type CreatedBy = "Put" | "Post" | "Copy" | "CompleteMultipartUpload";

const operationOf: Readonly<Record<CreatedBy, string>> = {
  Put: "PutObject",
  Post: "PostObject",
  Copy: "CopyObject",
  CompleteMultipartUpload: "CompleteMultipartUpload",
};

/**
 * Makes it current in one transaction, if the conditions hold at that moment. `also`: what else belongs to that transaction.
 * When it throws, the content is still the caller's to discard.
 */
export function writeObject(
  s3: S3,
  bucket: Bucket,
  object: NewObject,
  conditions: { readonly IfMatch?: string | undefined; readonly IfNoneMatch?: string | undefined },
  kind: CreatedBy,
  call: Call,
  also?: () => void,
): Written {
  const versionId = newVersionId(s3, bucket);
  const { gone, before, notices } = s3.objects.transact(() => {
    // Its content took a while to come in.
    if (s3.buckets.find(bucket.name) !== bucket) throw noSuchBucket(bucket.name);
    const before = s3.objects.current(bucket, object.key);
    checkWrite(conditions, object.key, before);
    const gone = s3.objects.put(bucket, object, versionId, call.now());
    also?.();
    const told = {
      name: `ObjectCreated:${kind}`,
      operation: operationOf[kind],
      key: object.key,
      size: object.body.size,
      etag: object.etag,
    };
    const notices = s3.notifier.add(bucket, { ...told, ...(versionId !== nullVersion && { versionId }) }, call);
    return { gone, before, notices };
  });
  s3.bodies.discard(gone);
  s3.notifier.send(notices);
  call.effect({
    action: "put",
    resource: s3.buckets.ref(bucket),
    key: object.key,
    ...(before !== undefined && !before.isMarker && { before: shown(before) }),
    after: shown({ ...object, size: object.body.size, versionId }),
  });
  return { versionId };
}

/** An object as effects show it. */
export function shown(object: Pick<StoredObject, "size" | "etag" | "versionId" | "details" | "tags">) {
  return {
    size: object.size,
    etag: object.etag,
    ...object.details.headers,
    ...(Object.keys(object.details.metadata).length > 0 && { metadata: object.details.metadata }),
    ...(Object.keys(object.tags).length > 0 && { tags: object.tags }),
    ...(object.versionId !== nullVersion && { versionId: object.versionId }),
  };
}

export function newVersionId(s3: S3, bucket: Bucket): string {
  return bucket.versioning === "Enabled" ? s3.environment.kernel.ids.hex(32) : nullVersion;
}
