// The object that a copy is made of: `x-amz-copy-source`, with its own conditions.
import { AwsError } from "../../kernel/awsError.ts";
import type { Bucket } from "./buckets.ts";
import { checkRead } from "./conditions.ts";
import { decoded, invalidArgument, invalidRequest, preconditionFailed } from "./errors.ts";
import type { StoredObject } from "./objects.ts";
import type { S3 } from "./s3.ts";

export interface CopySource {
  readonly bucket: Bucket;
  readonly object: StoredObject;
}

export interface CopyConditions {
  readonly CopySource?: string | undefined;
  readonly CopySourceIfMatch?: string | undefined;
  readonly CopySourceIfNoneMatch?: string | undefined;
  readonly CopySourceIfModifiedSince?: Date | undefined;
  readonly CopySourceIfUnmodifiedSince?: Date | undefined;
}

export function copySourceOf(s3: S3, input: CopyConditions): CopySource {
  const { name, key, versionId } = parse(input.CopySource ?? "");
  const bucket = s3.buckets.get(name);
  const object = s3.objects.get(bucket, key, versionId);
  if (object.isMarker) throw invalidRequest("The source of a copy request may not specifically refer to a delete marker by version id.");
  try {
    checkRead(
      {
        IfMatch: input.CopySourceIfMatch,
        IfNoneMatch: input.CopySourceIfNoneMatch,
        IfModifiedSince: input.CopySourceIfModifiedSince,
        IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
      },
      object,
    );
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const condition =
      error.status === 304
        ? input.CopySourceIfNoneMatch === undefined
          ? "If-Modified-Since"
          : "If-None-Match"
        : error.members["Condition"];
    throw preconditionFailed(`x-amz-copy-source-${String(condition)}`);
  }
  return { bucket, object };
}

/** `bucket/key?versionId=…`, percent-encoded, with or without a slash before it; or the ARN of an access point, which is not here. */
function parse(source: string): { readonly name: string; readonly key: string; readonly versionId: string | undefined } {
  const [path = "", query] = source.split(/\?versionId=/);
  const match = /^\/?([^/]+)\/(.+)$/s.exec(decoded(path));
  if (!match?.[1] || !match[2]) throw invalidArgument("Invalid copy source object key", "x-amz-copy-source", source);
  return { name: match[1], key: match[2], versionId: query === undefined ? undefined : decoded(query) };
}
