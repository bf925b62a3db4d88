import type { ServerResponse } from "node:http";
import { hostKind, hostName } from "../../model/hosts.ts";

/** Calls that pages in a browser make to the AWS endpoint: pages of this machine may, others may not. */

export function isForeignOrigin(origin: string | undefined): boolean {
  if (origin === undefined) return false;
  const host = /^https?:\/\/([^/]+)$/.exec(origin)?.[1];
  return host === undefined || hostKind(hostName(host)) === "foreign";
}

/** What goes out with an answer for the page's sake; null: the page may not see it. */
export type HeadersForPages = Readonly<Record<string, string>> | null;

export function pagesOfThisMachine(origin: string): Record<string, string> {
  return {
    "access-control-allow-origin": origin,
    "access-control-expose-headers": "*, etag, x-amzn-requestid, x-amzn-errortype, x-amz-request-id, x-amz-crc32",
    vary: "origin",
  };
}

export function preflightHeaders(requested: string | undefined): Record<string, string> {
  return {
    "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
    "access-control-allow-headers": requested ?? "*",
    "access-control-max-age": "3600",
    "access-control-allow-private-network": "true",
  };
}

export function preflight(response: ServerResponse, headers: HeadersForPages): void {
  if (headers === null) {
    response.writeHead(403, { "content-type": "application/xml" });
    response.end(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessForbidden</Code><Message>CORSResponse: This CORS request is not allowed. ' +
        "No rule in the bucket's CORS configuration lets this origin, method and these headers in.</Message></Error>",
    );
    return;
  }
  allowBrowser(response, headers);
  response.writeHead(headers["access-control-allow-private-network"] === undefined ? 200 : 204);
  response.end();
}

export function allowBrowser(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}
