import { isUtf8 } from "node:buffer";
import type { Json } from "../../../model/json.ts";
import type { Inspection, InspectQuery } from "../../../model/run.ts";
import type { Gauge } from "../../kernel/service.ts";
import { AwsError } from "../../kernel/awsError.ts";
import { afterKey, followingPrefix } from "./listing.ts";
import type { StoredObject } from "./objects.ts";
import type { S3 } from "./s3.ts";

// What the Studio sees of buckets: reading it changes nothing.

const columns: Inspection["columns"] = [
  { key: "key", title: "Key", kind: "code" },
  { key: "size", title: "Size", kind: "number" },
  { key: "type", title: "Type", kind: "text" },
  { key: "modifiedAt", title: "Modified", kind: "time" },
  { key: "metadata", title: "Metadata", kind: "json" },
];

/** A filter is looked for in this many keys at most for one page. */
const maxScanned = 10_000;
const shownBytes = 64 * 1024;

/** View `objects`: the current objects by their keys; the filter is text in the key. */
export function inspectBucket(s3: S3, name: string, query: InspectQuery): Inspection {
  if (query.view !== "objects") throw new AwsError("ValidationException", `S3 has no view "${query.view}"; it has: objects.`);
  const bucket = s3.buckets.get(name);
  const text = query.filter ?? "";
  const rows: StoredObject[] = [];
  let from = query.cursor === undefined ? "" : afterKey(query.cursor);
  let last: string | undefined;
  for (let scanned = 0; scanned < maxScanned && rows.length < query.limit;) {
    const page = s3.objects.page(bucket, from, followingPrefix(""), text === "" ? query.limit : 500);
    if (page.length === 0) {
      last = undefined;
      break;
    }
    for (const object of page) {
      scanned += 1;
      last = object.key;
      if (object.key.includes(text)) rows.push(object);
      if (rows.length >= query.limit) break;
    }
    from = afterKey(last ?? "");
  }
  return {
    columns,
    rows: rows.map((object) => ({ id: object.key, cells: cellsOf(object), detail: detailOf(s3, object) })),
    total: text === "" ? bucket.objectCount : null,
    ...(last !== undefined && { cursor: last }),
  };
}

function cellsOf(object: StoredObject): Record<string, Json> {
  const { headers, metadata } = object.details;
  return {
    key: object.key,
    size: object.size,
    type: typeOf(object),
    modifiedAt: object.modifiedAt,
    metadata: Object.keys(metadata).length > 0 ? metadata : null,
    ...(headers["StorageClass"] !== undefined && { storageClass: headers["StorageClass"] }),
  };
}

function typeOf(object: StoredObject): string {
  const type = object.details.headers["ContentType"];
  return typeof type === "string" ? type : "binary/octet-stream";
}

function detailOf(s3: S3, object: StoredObject): Json {
  const { headers, metadata, checksum } = object.details;
  return {
    key: object.key,
    size: object.size,
    etag: object.etag,
    modifiedAt: new Date(object.modifiedAt).toISOString(),
    ...(object.versionId !== "null" && { versionId: object.versionId }),
    ...contentOf(s3, object),
    headers,
    metadata,
    tags: object.tags,
    ...(checksum && { checksum: { algorithm: checksum.algorithm, type: checksum.type, value: checksum.value } }),
  };
}

/** Only what is small and text: a photo says nothing here. */
function contentOf(s3: S3, object: StoredObject): Record<string, Json> {
  if (object.size > shownBytes) return {};
  const content = s3.bodies.read(s3.objects.bodyOf(object));
  if (!Buffer.isBuffer(content) || !isUtf8(content)) return {};
  const text = content.toString("utf8");
  if (!typeOf(object).endsWith("json") && !object.key.endsWith(".json")) return { content: text };
  try {
    return { content: JSON.parse(text) as Json };
  } catch {
    return { content: text };
  }
}

export function bucketGauges(s3: S3): Gauge[] {
  return s3.buckets.all().flatMap((bucket) => {
    const resource = s3.buckets.ref(bucket);
    return [
      { resource, name: "objects", value: bucket.objectCount },
      { resource, name: "bytes", value: bucket.bytes },
    ];
  });
}
