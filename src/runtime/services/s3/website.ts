// Static websites of buckets: https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html
import type { RoutingRule, WebsiteConfiguration } from "@aws-sdk/client-s3";
import type { HttpRequest, HttpResponse } from "../../../model/http.ts";
import { AwsError } from "../../kernel/awsError.ts";
import type { Caller, DataPlane } from "../../kernel/service.ts";
import { escaped, fetchObject } from "./bucketPlane.ts";
import type { Bucket } from "./buckets.ts";
import { decoded, methodNotAllowed } from "./errors.ts";
import type { S3 } from "./s3.ts";

/** `photos.s3-website-us-east-1.amazonaws.com`, `photos.s3-website.eu-central-1.amazonaws.com`, `photos.s3-website.localhost`. */
const websiteHost = /^(.+)\.s3-website(?:[.-][a-z0-9-]+)?\.(?:amazonaws\.com|localhost)$/;

export function websitePlane(s3: S3): DataPlane {
  return {
    matches: (host) => s3.buckets.find(websiteHost.exec(host)?.[1]) !== undefined,
    async handle(request, caller) {
      const bucket = s3.buckets.get(websiteHost.exec(request.host)?.[1]);
      // Checked when it was put.
      const website = bucket.settings["website"] as WebsiteConfiguration | undefined;
      if (website === undefined)
        return errorPage(
          new AwsError("NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration", { status: 404 }),
        );
      const { RedirectAllRequestsTo: elsewhere } = website;
      if (elsewhere !== undefined) {
        const query = request.rawQuery === "" ? "" : `?${request.rawQuery}`;
        return redirect(301, `${elsewhere.Protocol ?? "http"}://${elsewhere.HostName ?? ""}${request.path}${query}`);
      }
      try {
        return await page(s3, bucket, website, request, caller);
      } catch (error) {
        if (error instanceof AwsError) return errorPage(error);
        throw error;
      }
    },
  };
}

async function page(s3: S3, bucket: Bucket, website: WebsiteConfiguration, request: HttpRequest, caller: Caller): Promise<HttpResponse> {
  const key = decoded(request.path.slice(1));
  const suffix = website.IndexDocument?.Suffix ?? "index.html";
  const ruled = ruleFor(website.RoutingRules, key, undefined);
  if (ruled !== undefined) return followRule(ruled, key, request);
  try {
    if (request.method !== "GET" && request.method !== "HEAD") throw methodNotAllowed(request.method, "OBJECT");
    const wanted = key === "" || key.endsWith("/") ? key + suffix : key;
    const hasFolder = wanted === key && !isThere(s3, bucket, key) && isThere(s3, bucket, `${key}/${suffix}`);
    if (hasFolder) return redirect(302, `/${key.split("/").map(encodeURIComponent).join("/")}/`);
    return await fetchObject(s3, bucket, wanted, request, caller);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (error.status === 304) return { status: 304, headers: Object.entries(error.headers), body: new Uint8Array(0) };
    const byError = ruleFor(website.RoutingRules, key, error.status);
    if (byError !== undefined) return followRule(byError, key, request);
    const document = website.ErrorDocument?.Key;
    if (error.status < 400 || error.status >= 500 || document === undefined || !isThere(s3, bucket, document)) return errorPage(error);
    const plain: HttpRequest = { ...request, method: "GET", headers: [] };
    return { ...(await fetchObject(s3, bucket, document, plain, caller)), status: error.status };
  }
}

function isThere(s3: S3, bucket: Bucket, key: string): boolean {
  return s3.objects.current(bucket, key)?.isMarker === false;
}

/** The first rule that is about the key, and about the error where it names one. */
function ruleFor(rules: readonly RoutingRule[] | undefined, key: string, status: number | undefined): RoutingRule | undefined {
  return rules?.find(({ Condition: condition }) => {
    const { KeyPrefixEquals: prefix = "", HttpErrorCodeReturnedEquals: code } = condition ?? {};
    return key.startsWith(prefix) && (code === undefined ? status === undefined : Number(code) === status);
  });
}

function followRule({ Condition: condition, Redirect: to }: RoutingRule, key: string, request: HttpRequest): HttpResponse {
  const prefix = condition?.KeyPrefixEquals ?? "";
  const target = to?.ReplaceKeyWith ?? (to?.ReplaceKeyPrefixWith === undefined ? key : to.ReplaceKeyPrefixWith + key.slice(prefix.length));
  const location = `${to?.Protocol ?? "http"}://${to?.HostName ?? request.host}/${target}`;
  return redirect(Number(to?.HttpRedirectCode ?? 301), to?.HostName === undefined && to?.Protocol === undefined ? `/${target}` : location);
}

function redirect(status: number, location: string): HttpResponse {
  return {
    status,
    headers: [
      ["location", location],
      ["server", "AmazonS3"],
    ],
    body: new Uint8Array(0),
  };
}

function errorPage({ status, code, message }: AwsError): HttpResponse {
  const title = `${status} ${code}`;
  const text = `<html>\n<head><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n<ul>\n<li>Code: ${code}</li>\n<li>Message: ${escaped(message)}</li>\n</ul>\n</body>\n</html>\n`;
  return {
    status,
    headers: [
      ["content-type", "text/html; charset=utf-8"],
      ["server", "AmazonS3"],
    ],
    body: Buffer.from(text),
  };
}
