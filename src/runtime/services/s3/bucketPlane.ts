// Objects over plain HTTP for hops inside the runtime: a distribution whose origin is a bucket, an HTTP integration.
import { bucketOfHost } from "../../../model/hosts.ts";
import type { HttpRequest, HttpResponse } from "../../../model/http.ts";
import { AwsError } from "../../kernel/awsError.ts";
import type { Caller, DataPlane } from "../../kernel/service.ts";
import { wholeBody } from "../../kernel/streamedBody.ts";
import type { Bucket } from "./buckets.ts";
import { decoded, methodNotAllowed } from "./errors.ts";
import type { S3 } from "./s3.ts";
import { isRecord } from "./settings.ts";

/** Answers for the buckets that are here; others are the world's. */
export function bucketPlane(s3: S3): DataPlane {
  return {
    isInside: true,
    matches: (host) => s3.buckets.find(bucketOfHost(host) ?? undefined) !== undefined,
    async handle(request, caller) {
      const bucket = s3.buckets.get(bucketOfHost(request.host) ?? undefined);
      try {
        if (request.method !== "GET" && request.method !== "HEAD") throw methodNotAllowed(request.method, "OBJECT");
        return await fetchObject(s3, bucket, decoded(request.path.slice(1)), request, caller);
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return errorAnswer(seenFromOutside(bucket, error));
      }
    },
  };
}

/** Rejects with AwsError as GetObject does. */
export async function fetchObject(s3: S3, bucket: Bucket, key: string, request: HttpRequest, caller: Caller): Promise<HttpResponse> {
  const header = (name: string): string | undefined => request.headers.find(([each]) => each === name)?.[1];
  const moment = (name: string): Date | undefined => {
    const text = header(name);
    return text === undefined || Number.isNaN(Date.parse(text)) ? undefined : new Date(text);
  };
  const given = {
    IfMatch: header("if-match"),
    IfNoneMatch: header("if-none-match"),
    IfModifiedSince: moment("if-modified-since"),
    IfUnmodifiedSince: moment("if-unmodified-since"),
    Range: header("range"),
  };
  const output = await s3.environment.kernel.invoke<Readonly<Record<string, unknown>>>(
    "s3",
    request.method === "HEAD" ? "HeadObject" : "GetObject",
    { Bucket: bucket.name, Key: key, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) },
    { ...inRegion(caller, bucket) },
  );
  return {
    status: output["ContentRange"] === undefined ? 200 : 206,
    headers: headersOf(output),
    body: request.method === "HEAD" ? new Uint8Array(0) : await wholeBody(output["Body"]),
  };
}

function inRegion(caller: Caller, bucket: Bucket): Caller {
  const { cause, actor, accountId, signal, began } = caller;
  return { cause, actor, accountId, region: bucket.region, ...(signal && { signal }), ...(began && { began }) };
}

const headerNames = {
  AcceptRanges: "accept-ranges",
  CacheControl: "cache-control",
  ContentDisposition: "content-disposition",
  ContentEncoding: "content-encoding",
  ContentLanguage: "content-language",
  ContentLength: "content-length",
  ContentRange: "content-range",
  ContentType: "content-type",
  ETag: "etag",
  Expires: "expires",
  LastModified: "last-modified",
  ServerSideEncryption: "x-amz-server-side-encryption",
  VersionId: "x-amz-version-id",
} as const;

function headersOf(output: Readonly<Record<string, unknown>>): [string, string][] {
  const headers: [string, string][] = [];
  for (const [member, name] of Object.entries(headerNames)) {
    const value = output[member];
    if (value !== undefined) headers.push([name, value instanceof Date ? value.toUTCString() : String(value)]);
  }
  const metadata = output["Metadata"];
  for (const [name, value] of Object.entries(isRecord(metadata) ? metadata : {})) headers.push([`x-amz-meta-${name}`, String(value)]);
  headers.push(["server", "AmazonS3"]);
  return headers;
}

/** Who may not list a bucket is not told whether a key is missing. */
function seenFromOutside(bucket: Bucket, error: AwsError): AwsError {
  if (error.code !== "NoSuchKey" || mayList(bucket)) return error;
  return new AwsError("AccessDenied", "Access Denied", { status: 403 });
}

function mayList(bucket: Bucket): boolean {
  const policy = bucket.settings["policy"];
  if (typeof policy !== "string") return false;
  const { Statement: statements } = JSON.parse(policy) as { readonly Statement?: unknown };
  return [statements].flat().some((statement) => {
    if (!isRecord(statement) || statement["Effect"] !== "Allow") return false;
    return [statement["Action"]].flat().some((action) => ["s3:ListBucket", "s3:List*", "s3:*", "*"].includes(String(action)));
  });
}

export function errorAnswer(error: AwsError): HttpResponse {
  const headers: [string, string][] = Object.entries(error.headers);
  if (error.status === 304) return { status: 304, headers, body: new Uint8Array(0) };
  const members = Object.entries({ Code: error.code, Message: error.message, ...error.members })
    .map(([name, value]) => `<${name}>${escaped(String(value))}</${name}>`)
    .join("");
  headers.push(["content-type", "application/xml"], ["server", "AmazonS3"]);
  return { status: error.status, headers, body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<Error>${members}</Error>`) };
}

export function escaped(text: string): string {
  return text.replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
