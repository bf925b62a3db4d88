import type { HttpRequest } from "../../../model/http.ts";
import type { Call } from "../../kernel/service.ts";

/** The request's headers as an API hands them on: with what AWS adds (where from, which trace), without what was only for the connection. */
export function eventHeaders(request: HttpRequest, call: Call): [name: string, value: string][] {
  const headers: [string, string][] = [];
  let forwardedFor: string | undefined;
  for (const [name, value] of request.headers) {
    if (name === "x-forwarded-for") forwardedFor = forwardedFor === undefined ? value : `${forwardedFor}, ${value}`;
    else if (!replaced.has(name)) headers.push([name, value]);
  }
  headers.push(
    ["x-amzn-trace-id", `Root=${call.span.traceId}`],
    ["x-forwarded-for", forwardedFor === undefined ? request.sourceIp : `${forwardedFor}, ${request.sourceIp}`],
    ["x-forwarded-port", request.protocol === "https" ? "443" : (/:(\d+)$/.exec(hostHeader(request))?.[1] ?? "80")],
    ["x-forwarded-proto", request.protocol],
  );
  return headers;
}

function hostHeader(request: HttpRequest): string {
  return request.headers.find(([name]) => name === "host")?.[1] ?? "";
}

const replaced: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "upgrade",
  "te",
  "trailer",
  "expect",
  "x-amzn-trace-id",
  "x-forwarded-port",
  "x-forwarded-proto",
]);
