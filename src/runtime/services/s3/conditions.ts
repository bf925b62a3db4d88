// Conditional requests: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html
import { AwsError } from "../../kernel/awsError.ts";
import { noSuchKey, preconditionFailed } from "./errors.ts";
import type { StoredObject } from "./objects.ts";

export interface ReadConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
}

/** Before an object is read: 412 where it may not be, 304 where the reader has it already. */
export function checkRead(conditions: ReadConditions, object: StoredObject): void {
  const { IfMatch: match, IfNoneMatch: noneMatch, IfModifiedSince: since, IfUnmodifiedSince: unmodifiedSince } = conditions;
  const modified = Math.floor(object.modifiedAt / 1000) * 1000;
  if (match !== undefined) {
    if (!names(match, object.etag)) throw preconditionFailed("If-Match");
  } else if (unmodifiedSince !== undefined && modified > unmodifiedSince.getTime()) throw preconditionFailed("If-Unmodified-Since");
  if (noneMatch !== undefined) {
    if (names(noneMatch, object.etag)) throw notModified(object);
  } else if (since !== undefined && modified <= since.getTime()) throw notModified(object);
}

/** Before an object is written, told of the one that is there. */
export function checkWrite(
  conditions: { readonly IfMatch?: string | undefined; readonly IfNoneMatch?: string | undefined },
  key: string,
  current: StoredObject | undefined,
): void {
  const present = current?.isMarker === true ? undefined : current;
  if (conditions.IfNoneMatch !== undefined) {
    if (conditions.IfNoneMatch !== "*")
      throw new AwsError("NotImplemented", "A header you provided implies functionality that is not implemented", {
        status: 501,
        members: { Header: "If-None-Match", additionalMessage: "We don't accept the provided value of If-None-Match header for this API" },
      });
    if (present) throw preconditionFailed("If-None-Match");
  }
  if (conditions.IfMatch !== undefined) {
    if (!present) throw noSuchKey(key);
    if (!names(conditions.IfMatch, present.etag)) throw preconditionFailed("If-Match");
  }
}

/** A list of entity tags, or `*` for any. */
export function names(condition: string, etag: string): boolean {
  return condition.split(",").some((part) => {
    const tag = part.trim().replace(/^W\//, "");
    return tag === "*" || tag.replaceAll('"', "") === etag;
  });
}

function notModified(object: StoredObject): AwsError {
  return new AwsError("NotModified", "Not Modified", {
    status: 304,
    headers: { etag: `"${object.etag}"`, "last-modified": new Date(object.modifiedAt).toUTCString() },
  });
}
