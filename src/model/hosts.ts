/** Reads what a host name and path mean at the one endpoint: an API, a function URL, a distribution, a bucket, or the AWS API itself. */

export interface PlaneAddress {
  readonly kind: "execute-api" | "lambda-url" | "cloudfront";
  /** API id, URL id or distribution's domain label, lower case. */
  readonly id: string;
  /** From the host; null where the address does not say. */
  readonly region: string | null;
  /** Path as the addressed thing sees it, still percent-encoded; an API's begins with the stage unless that is `$default`. */
  readonly path: string;
}

const labels = { "execute-api": "execute-api", "lambda-url": "lambda-url", cloudfront: "cloudfront" } as const;
const awsHosts = [
  "(execute-api)\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?",
  "(lambda-url)\\.([a-z0-9-]+)\\.on\\.aws",
  "(cloudfront)\\.net",
];
const localHost = "(execute-api|lambda-url|cloudfront)(?:\\.([a-z0-9-]+))?\\.localhost";
const dataHost = new RegExp(`^([a-z0-9-]+)\\.(?:${[localHost, ...awsHosts].join("|")})$`);
const dataPath = /^(?:\/_aws)?\/(execute-api|lambda-url|cloudfront)\/([A-Za-z0-9-]+)(\/.*)?$/;
const userRequestPath = /^\/restapis\/([A-Za-z0-9]+)\/([^/]+)\/_user_request_(\/.*)?$/;

/**
 * The data plane a request is for, by host (`abc.execute-api.us-east-1.amazonaws.com`, `abc.execute-api.localhost`) or by path
 * at the bare endpoint (`/_aws/execute-api/abc/STAGE/…`, `/execute-api/abc/STAGE/…`, `/restapis/abc/STAGE/_user_request_/…`).
 */
export function planeAddress(host: string, path: string): PlaneAddress | null {
  const byHost = dataHost.exec(host);
  if (byHost) {
    const [, id, local, localRegion, api, apiRegion, url, urlRegion, cdn] = byHost;
    const kind = local ?? api ?? url ?? cdn;
    if (id === undefined || kind === undefined || !isKind(kind)) return null;
    return { kind, id, region: localRegion ?? apiRegion ?? urlRegion ?? null, path };
  }
  if (!path.startsWith("/_aws/") && !path.startsWith("/execute-api/") && !path.startsWith("/restapis/")) return null;
  if (hostKind(host) !== "loopback") return null;
  const byPath = dataPath.exec(path);
  if (byPath) {
    const [, kind, id, rest] = byPath;
    if (id === undefined || kind === undefined || !isKind(kind)) return null;
    return { kind, id: id.toLowerCase(), region: null, path: kind === "execute-api" ? withoutDefaultStage(rest ?? "/") : (rest ?? "/") };
  }
  const userRequest = userRequestPath.exec(path);
  if (!userRequest) return null;
  const [, id, stage, rest] = userRequest;
  if (id === undefined || stage === undefined) return null;
  return { kind: "execute-api", id: id.toLowerCase(), region: null, path: withoutDefaultStage(`/${stage}${rest ?? "/"}`) };
}

/** A bucket in the host: `photos.s3.us-east-1.amazonaws.com`, `photos.s3.localhost`; null for the path style. */
export function bucketOfHost(host: string): string | null {
  const match = /^(.+)\.s3(?:[.-][a-z0-9-]+)?\.(?:amazonaws\.com(?:\.cn)?|localhost)$/.exec(host);
  return match?.[1] ?? null;
}

/** `sqs` of `sqs.us-east-1.amazonaws.com`: what an unsigned request still says about its service. */
export function serviceOfHost(host: string): string | null {
  const match = /^(?:.+?\.)??([a-z0-9-]+?)(?:\.(?:[a-z]{2}(?:-[a-z]+)+-\d))?\.(?:amazonaws\.com(?:\.cn)?|localhost)$/.exec(host);
  return match?.[1] ?? null;
}

/** loopback: this machine by name or number · aws: a name that AWS owns and that is redirected here · foreign: anything else. */
export function hostKind(given: string): "loopback" | "aws" | "foreign" {
  // AWS's SDKs put this before the host of StartSyncExecution, whatever the host is.
  const host = given.startsWith("sync-") ? given.slice("sync-".length) : given;
  if (host === "localhost" || host.endsWith(".localhost") || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host) || host === "[::1]")
    return "loopback";
  if (/\.(?:amazonaws\.com(?:\.cn)?|on\.aws|cloudfront\.net|api\.aws)$/.test(host)) return "aws";
  return "foreign";
}

/** Host header in lower case without port: `[::1]:4566` gives `[::1]`. */
export function hostName(hostHeader: string): string {
  const colon = hostHeader.lastIndexOf(":");
  const name = colon > 0 && colon > hostHeader.lastIndexOf("]") ? hostHeader.slice(0, colon) : hostHeader;
  return name.toLowerCase();
}

function isKind(kind: string): kind is PlaneAddress["kind"] {
  return kind in labels;
}

function withoutDefaultStage(path: string): string {
  const match = /^\/(?:\$|%24)default(\/.*)?$/.exec(path);
  return match ? (match[1] ?? "/") : path;
}
