// Deleting: for good, or with versioning by a marker that stands in the object's place.
import type { Call } from "../../kernel/service.ts";
import type { BodyFile } from "./bodies.ts";
import type { Bucket } from "./buckets.ts";
import { names } from "./conditions.ts";
import { noSuchKey, preconditionFailed } from "./errors.ts";
import { nullVersion, type StoredObject } from "./objects.ts";
import type { S3 } from "./s3.ts";
import { newVersionId, shown } from "./writing.ts";

export interface Removed {
  /** Of the version that was deleted or of the marker that was made; undefined without versioning. */
  readonly versionId: string | undefined;
  /** A marker was made, or one was deleted. */
  readonly isMarker: boolean;
}

/** What is not there is deleted all the same. */
export function removeObject(
  s3: S3,
  bucket: Bucket,
  key: string,
  asked: { readonly versionId?: string | undefined; readonly ifMatch?: string | undefined },
  call: Call,
): Removed {
  const { gone, before, removed } = s3.objects.transact(() => {
    const current = s3.objects.current(bucket, key);
    if (asked.ifMatch !== undefined) checkMatch(asked.ifMatch, key, current);
    if (asked.versionId !== undefined) return removeVersion(s3, bucket, key, asked.versionId);
    if (bucket.versioning === null) {
      return {
        gone: current ? s3.objects.delete(bucket, current) : [],
        before: current,
        removed: { versionId: undefined, isMarker: false },
      };
    }
    const versionId = newVersionId(s3, bucket);
    const gone = s3.objects.putMarker(bucket, key, versionId, call.now());
    return { gone, before: current, removed: { versionId, isMarker: true } };
  });
  s3.bodies.discard(gone);
  if (before && !before.isMarker) {
    const resource = s3.buckets.ref(bucket);
    call.effect({ action: "delete", resource, key, before: shown(before), ...(removed.isMarker && { after: { deleteMarker: true } }) });
  }
  return removed;
}

function removeVersion(
  s3: S3,
  bucket: Bucket,
  key: string,
  versionId: string,
): { gone: readonly BodyFile[]; before: StoredObject | undefined; removed: Removed } {
  const version = s3.objects.version(bucket, key, versionId);
  const said = bucket.versioning === null && versionId === nullVersion ? undefined : versionId;
  if (!version) return { gone: [], before: undefined, removed: { versionId: said, isMarker: false } };
  return { gone: s3.objects.delete(bucket, version), before: version, removed: { versionId: said, isMarker: version.isMarker } };
}

function checkMatch(condition: string, key: string, current: StoredObject | undefined): void {
  if (!current || current.isMarker) throw noSuchKey(key);
  if (!names(condition, current.etag)) throw preconditionFailed("If-Match");
}
