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
  const { gone, before, removed, notices } = s3.objects.transact(() => {
    const current = s3.objects.current(bucket, key);
    if (asked.ifMatch !== undefined) checkMatch(asked.ifMatch, key, current);
    const change = changeOf(s3, bucket, key, asked.versionId, current, call);
    return { ...change, notices: s3.notifier.add(bucket, eventOf(key, change), call) };
  });
  s3.bodies.discard(gone);
  s3.notifier.send(notices);
  if (before && !before.isMarker) {
    const resource = s3.buckets.ref(bucket);
    call.effect({ action: "delete", resource, key, before: shown(before), ...(removed.isMarker && { after: { deleteMarker: true } }) });
  }
  return removed;
}

interface Change {
  readonly gone: readonly BodyFile[];
  readonly before: StoredObject | undefined;
  readonly removed: Removed;
  /** A marker was made, rather than something deleted for good. */
  readonly isMarked: boolean;
}

function changeOf(
  s3: S3,
  bucket: Bucket,
  key: string,
  askedVersion: string | undefined,
  current: StoredObject | undefined,
  call: Call,
): Change {
  if (askedVersion !== undefined) return removeVersion(s3, bucket, key, askedVersion);
  if (bucket.versioning === null) {
    const gone = current ? s3.objects.delete(bucket, current) : [];
    return { gone, before: current, removed: { versionId: undefined, isMarker: false }, isMarked: false };
  }
  const versionId = newVersionId(s3, bucket);
  const gone = s3.objects.putMarker(bucket, key, versionId, call.now());
  return { gone, before: current, removed: { versionId, isMarker: true }, isMarked: true };
}

/** AWS tells of a deletion whether or not there was something to delete. */
function eventOf(key: string, { removed, isMarked }: Change) {
  const { versionId } = removed;
  return {
    name: isMarked ? "ObjectRemoved:DeleteMarkerCreated" : "ObjectRemoved:Delete",
    operation: "DeleteObject",
    key,
    ...(isMarked && { etag: "d41d8cd98f00b204e9800998ecf8427e" }),
    ...(versionId !== undefined && versionId !== nullVersion && { versionId }),
  };
}

function removeVersion(s3: S3, bucket: Bucket, key: string, versionId: string): Change {
  const version = s3.objects.version(bucket, key, versionId);
  const said = bucket.versioning === null && versionId === nullVersion ? undefined : versionId;
  if (!version) return { gone: [], before: undefined, removed: { versionId: said, isMarker: false }, isMarked: false };
  const removed = { versionId: said, isMarker: version.isMarker };
  return { gone: s3.objects.delete(bucket, version), before: version, removed, isMarked: false };
}

function checkMatch(condition: string, key: string, current: StoredObject | undefined): void {
  if (!current || current.isMarker) throw noSuchKey(key);
  if (!names(condition, current.etag)) throw preconditionFailed("If-Match");
}
