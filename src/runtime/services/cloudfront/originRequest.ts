import type { HttpRequest, HttpResponse } from "../../../model/http.ts";
import { AwsError } from "../../kernel/awsError.ts";
import type { Call } from "../../kernel/service.ts";
import { normalizedEncoding, selectedCookies, selectedQuery } from "./cacheKey.ts";
import type { Behavior, Distribution, Origin } from "./distribution.ts";
import { isSelected, type Selection } from "./policies.ts";

/** Forwarded with every body, whatever the policies say. */
const bodyHeaders: ReadonlySet<string> = new Set(["content-type", "content-length", "content-encoding", "expect", "transfer-encoding"]);
/** Of the connection between viewer and edge. */
const connectionHeaders: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "upgrade",
  "te",
  "trailer",
  "transfer-encoding",
  "proxy-connection",
  "content-length",
  "x-amzn-trace-id",
]);
/** What revalidation decides for itself. */
const conditionalHeaders: ReadonlySet<string> = new Set([
  "if-none-match",
  "if-modified-since",
  "if-match",
  "if-unmodified-since",
  "if-range",
]);

/** Asks the origin of a behavior; `conditions` make it a revalidation. Rejects with AwsError 502 or 504 when there is no answer. */
export async function askOrigin(
  distribution: Distribution,
  behavior: Behavior,
  request: HttpRequest,
  call: Call,
  conditions: readonly (readonly [string, string])[] = [],
): Promise<HttpResponse> {
  const origin = distribution.origins.find((one) => one.id === behavior.originId);
  if (origin === undefined)
    throw new AwsError("BadGateway", `The behavior ${behavior.pattern} names no origin of this distribution.`, { status: 502 });
  const gone = new AbortController();
  const leave = (): void => gone.abort(call.signal?.reason);
  call.signal?.addEventListener("abort", leave, { once: true });
  let isLate = false;
  const stopLimit = call.kernel.clock.limit(origin.readTimeoutSeconds * 1000, () => {
    isLate = true;
    gone.abort(new Error("late"));
  });
  try {
    const answered = call.kernel.http(originRequest(origin, distribution, behavior, request, conditions), {
      cause: call.span,
      actor: call.actor,
      region: call.region,
      accountId: call.accountId,
      signal: gone.signal,
    });
    return await Promise.race([answered, aborted(gone.signal)]);
  } catch (error) {
    if (isLate)
      throw new AwsError("GatewayTimeout", `The origin ${origin.domainName} did not answer within ${origin.readTimeoutSeconds} s.`, {
        status: 504,
        cause: error,
      });
    if (error instanceof AwsError)
      throw new AwsError("BadGateway", `The origin ${origin.domainName} gave no answer: ${error.message}`, { status: 502, cause: error });
    throw error;
  } finally {
    stopLimit();
    call.signal?.removeEventListener("abort", leave);
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function originRequest(
  origin: Origin,
  distribution: Distribution,
  behavior: Behavior,
  request: HttpRequest,
  conditions: readonly (readonly [string, string])[],
): HttpRequest {
  const { cache, forward } = behavior;
  const query = union(selectedQuery(request.rawQuery, cache.query), forward === null ? "" : selectedQuery(request.rawQuery, forward.query));
  const headers: (readonly [string, string])[] = [];
  let isHostForwarded = false;
  for (const header of request.headers) {
    const [name] = header;
    if (
      connectionHeaders.has(name) ||
      conditionalHeaders.has(name) ||
      name === "cookie" ||
      name === "accept-encoding" ||
      name === "user-agent"
    )
      continue;
    if (name === "host") isHostForwarded = isForwarded(name, cache.headers, forward?.headers);
    else if (bodyHeaders.has(name) || isForwarded(name, cache.headers, forward?.headers)) headers.push(header);
  }
  const cookie = union(selectedCookies(request, cache.cookies), forward === null ? "" : selectedCookies(request, forward.cookies), "; ");
  if (cookie !== "") headers.push(["cookie", cookie]);
  const encoding = normalizedEncoding(request, cache.encodings);
  if (encoding !== "") headers.push(["accept-encoding", encoding]);
  const agent = request.headers.find(([name]) => name === "user-agent");
  headers.push(
    agent !== undefined && isForwarded("user-agent", cache.headers, forward?.headers) ? agent : ["user-agent", "Amazon CloudFront"],
  );
  const forwardedFor = request.headers.find(([name]) => name === "x-forwarded-for")?.[1];
  headers.push(
    ["x-forwarded-for", forwardedFor === undefined ? request.sourceIp : `${forwardedFor}, ${request.sourceIp}`],
    ["via", `1.1 ${distribution.label}.cloudfront.net (CloudFront)`],
    ...origin.headers,
    ...conditions,
  );
  const host = isHostForwarded ? request.host : origin.domainName;
  headers.unshift(["host", host]);
  // where the origin is, is decided by its name; the Host header alone may be the viewer's
  return {
    method: request.method,
    host: origin.port === null ? origin.domainName : `${origin.domainName}:${origin.port}`,
    path: origin.path + request.path,
    rawQuery: query,
    headers,
    body: request.body,
    sourceIp: request.sourceIp,
    protocol: origin.protocol,
  };
}

function isForwarded(name: string, cached: Selection, forwarded: Selection | undefined): boolean {
  return isSelected(cached, name) || (forwarded !== undefined && isSelected(forwarded, name));
}

/** What either policy selects, in the viewer's order: one of the two always holds the other, or they name different things. */
function union(one: string, other: string, separator = "&"): string {
  if (one === "" || other === one) return other;
  if (other === "") return one;
  return [...new Set([...one.split(separator), ...other.split(separator)])].join(separator);
}
