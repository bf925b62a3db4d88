// Objects put by a browser's form: https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
import { bucketOfHost, hostKind, hostName } from "../../../model/hosts.ts";
import type { HttpRequest, HttpResponse } from "../../../model/http.ts";
import { AwsError } from "../../kernel/awsError.ts";
import type { Call, DataPlane } from "../../kernel/service.ts";
import { errorAnswer, escaped } from "./bucketPlane.ts";
import type { Bucket } from "./buckets.ts";
import { corsHeaders } from "./cors.ts";
import { detailsOf, quoted, readTagHeader } from "./details.ts";
import { invalidArgument } from "./errors.ts";
import { checkForm } from "./formPolicy.ts";
import { checkKey } from "./names.ts";
import type { S3 } from "./s3.ts";
import { receiveContent, writeObject } from "./writing.ts";

export function formUploadPlane(s3: S3): DataPlane {
  return {
    matches: (host, path, head) =>
      head?.method === "POST" && head.contentType.startsWith("multipart/form-data") && bucketAt(s3, host, path) !== undefined,
    async handle(request, caller) {
      const bucket = bucketAt(s3, request.host, request.path);
      if (bucket === undefined) throw new Error(`${request.host}${request.path} names no bucket.`);
      const origin = request.headers.find(([name]) => name === "origin")?.[1];
      const letIn = origin === undefined ? {} : (corsHeaders(bucket, { origin, method: "POST", headers: [] }) ?? {});
      const answered = await s3.environment.kernel
        .work(
          {
            kind: "request",
            service: "s3",
            operation: "PostObject",
            target: s3.buckets.ref(bucket),
            input: request,
            run: (given: HttpRequest, call) => put(s3, bucket, given, origin, call),
          },
          caller,
        )
        .catch((error: unknown) => {
          if (error instanceof AwsError) return errorAnswer(error);
          throw error;
        });
      return { ...answered, headers: [...answered.headers, ...Object.entries(letIn)] };
    },
  };
}

function bucketAt(s3: S3, host: string, path: string): Bucket | undefined {
  return s3.buckets.find(bucketOfHost(host) ?? /^\/([^/]+)\/?$/.exec(path)?.[1]);
}

async function put(s3: S3, bucket: Bucket, request: HttpRequest, origin: string | undefined, call: Call): Promise<HttpResponse> {
  if (isForeign(origin)) throw new AwsError("AccessDenied", `Pages of ${String(origin)} may not put objects here.`, { status: 403 });
  const { fields, file } = await readForm(request);
  checkForm(fields, file.size, bucket.name, performance.timeOrigin + performance.now());
  const key = checkKey((fields.get("key") ?? "").replaceAll("${filename}", file.name));
  const metadata = [...fields].filter(([name]) => name.startsWith("x-amz-meta-"));
  const input = {
    CacheControl: fields.get("cache-control"),
    ContentDisposition: fields.get("content-disposition"),
    ContentEncoding: fields.get("content-encoding"),
    ContentType: fields.get("content-type"),
    StorageClass: fields.get("x-amz-storage-class"),
    Metadata: Object.fromEntries(metadata.map(([name, value]) => [name.slice("x-amz-meta-".length), value])),
  };
  const details = detailsOf(input, undefined);
  const tags = readTagHeader(fields.get("x-amz-tagging"));
  const { body, checksum } = await receiveContent(s3, { Body: file.content });
  const object = { key, body, etag: body.md5, tags, details: { ...details, checksum } };
  s3.bodies.keep(body, () => writeObject(s3, bucket, object, {}, "Post", call));
  return answerFor(fields, bucket, key, object.etag, `${s3.environment.endpoint()}/${bucket.name}/${encodeURIComponent(key)}`);
}

/** As the form asks: elsewhere, with what was made, or with nothing. */
function answerFor(fields: ReadonlyMap<string, string>, bucket: Bucket, key: string, etag: string, place: string): HttpResponse {
  const headers: [string, string][] = [
    ["etag", quoted(etag)],
    ["location", place],
  ];
  const redirect = fields.get("success_action_redirect") ?? fields.get("redirect");
  if (redirect !== undefined && URL.canParse(redirect)) {
    const to = new URL(redirect);
    for (const [name, value] of Object.entries({ bucket: bucket.name, key, etag: quoted(etag) })) to.searchParams.set(name, value);
    return { status: 303, headers: [["location", to.href]], body: new Uint8Array(0) };
  }
  const status = fields.get("success_action_status");
  if (status === "200") return { status: 200, headers, body: new Uint8Array(0) };
  if (status !== "201") return { status: 204, headers, body: new Uint8Array(0) };
  const members = { Location: place, Bucket: bucket.name, Key: key, ETag: quoted(etag) };
  const text = Object.entries(members)
    .map(([name, value]) => `<${name}>${escaped(value)}</${name}>`)
    .join("");
  headers.push(["content-type", "application/xml"]);
  return { status: 201, headers, body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse>${text}</PostResponse>`) };
}

interface Form {
  /** By lower-case name, without the file. */
  readonly fields: ReadonlyMap<string, string>;
  readonly file: { readonly name: string; readonly size: number; readonly content: Uint8Array };
}

/** What stands behind the file is not looked at. */
async function readForm(request: HttpRequest): Promise<Form> {
  const type = request.headers.find(([name]) => name === "content-type")?.[1] ?? "";
  const malformed = new AwsError("MalformedPOSTRequest", "The body of your POST request is not well-formed multipart/form-data.");
  const parsed = await new Response(Buffer.from(request.body), { headers: { "content-type": type } }).formData().catch(() => {
    throw malformed;
  });
  const fields = new Map<string, string>();
  for (const [name, value] of parsed) {
    if (name.toLowerCase() === "file") {
      const content = typeof value === "string" ? Buffer.from(value) : new Uint8Array(await value.arrayBuffer());
      return { fields, file: { name: typeof value === "string" ? "" : value.name, size: content.byteLength, content } };
    }
    if (typeof value === "string") fields.set(name.toLowerCase(), value);
  }
  throw invalidArgument("POST requires exactly one file upload per request.", "file", 0);
}

function isForeign(origin: string | undefined): boolean {
  if (origin === undefined) return false;
  const host = /^https?:\/\/([^/]+)$/.exec(origin)?.[1];
  return host === undefined || hostKind(hostName(host)) === "foreign";
}
