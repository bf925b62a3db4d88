// What GetObject and HeadObject say of an object, or of the range or part of it that was asked for.
import type { GetObjectRequest } from "@aws-sdk/client-s3";
import { AwsError } from "../../kernel/awsError.ts";
import { checkRead } from "./conditions.ts";
import { describeObject } from "./details.ts";
import { invalidRequest, methodNotAllowed, noSuchKey } from "./errors.ts";
import { wholeSecond } from "./moment.ts";
import type { StoredObject } from "./objects.ts";
import { type ByteRange, readRange } from "./ranges.ts";
import type { S3 } from "./s3.ts";
import type { Bucket } from "./buckets.ts";

export interface Reading {
  readonly object: StoredObject;
  readonly members: Record<string, unknown>;
  readonly start: number;
  readonly end: number;
}

export function readingOf(s3: S3, input: GetObjectRequest, method: "GET" | "HEAD"): Reading {
  const bucket = s3.buckets.get(input.Bucket);
  const object = presentObject(s3, bucket, input.Key ?? "", input.VersionId, method);
  checkRead(input, object);
  if (input.Range !== undefined && input.PartNumber !== undefined)
    throw invalidRequest("Cannot specify both Range header and partNumber query parameter");
  const range = input.PartNumber === undefined ? readRange(input.Range, object.size) : partRange(object, input.PartNumber);
  const isWhole = range === undefined;
  const { start, end } = range ?? { start: 0, end: object.size };
  const partsCount = object.details.parts?.length;
  return {
    object,
    start,
    end,
    members: {
      ...describeObject(bucket, object, input.ChecksumMode === "ENABLED" && isWhole),
      ContentLength: end - start,
      ...(!isWhole && end > start && { ContentRange: `bytes ${start}-${end - 1}/${object.size}` }),
      ...(input.PartNumber !== undefined && partsCount !== undefined && { PartsCount: partsCount }),
    },
  };
}

/** A delete marker is no object: 404 where it stands in its place, 405 where it was asked for by its version. */
export function presentObject(s3: S3, bucket: Bucket, key: string, versionId: string | undefined, method: string): StoredObject {
  if (versionId !== undefined) {
    const object = s3.objects.get(bucket, key, versionId);
    if (!object.isMarker) return object;
    const refusal = methodNotAllowed(method, "DeleteMarker");
    throw new AwsError(refusal.code, refusal.message, {
      status: refusal.status,
      members: refusal.members,
      headers: { ...markerHeaders(object), allow: "DELETE" },
    });
  }
  const object = s3.objects.current(bucket, key);
  if (!object) throw noSuchKey(key);
  if (object.isMarker) {
    const refusal = noSuchKey(key);
    throw new AwsError(refusal.code, refusal.message, { status: refusal.status, members: refusal.members, headers: markerHeaders(object) });
  }
  return object;
}

function markerHeaders(marker: StoredObject): Record<string, string> {
  return {
    "x-amz-delete-marker": "true",
    "x-amz-version-id": marker.versionId,
    "last-modified": wholeSecond(marker.modifiedAt).toUTCString(),
  };
}

function partRange(object: StoredObject, number: number): ByteRange {
  const parts = object.details.parts ?? [{ number: 1, size: object.size }];
  const index = number - 1;
  const part = parts[index];
  if (!part)
    throw new AwsError("InvalidPartNumber", "The requested partnumber is not satisfiable", {
      status: 416,
      members: { PartNumberRequested: number, ActualPartCount: parts.length },
    });
  const start = parts.slice(0, index).reduce((sum, { size }) => sum + size, 0);
  return { start, end: start + part.size };
}
