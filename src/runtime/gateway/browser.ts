import type { IncomingMessage, ServerResponse } from "node:http";
import { hostKind, hostName } from "../../model/hosts.ts";

/** Calls that pages in a browser make to the AWS endpoint: pages of this machine may, others may not. */

export function isForeignOrigin(origin: string | undefined): boolean {
  if (origin === undefined) return false;
  const host = /^https?:\/\/([^/]+)$/.exec(origin)?.[1];
  return host === undefined || hostKind(hostName(host)) === "foreign";
}

export function preflight(message: IncomingMessage, response: ServerResponse): void {
  allowBrowser(response, message.headers.origin);
  response.writeHead(204, {
    "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
    "access-control-allow-headers": message.headers["access-control-request-headers"] ?? "*",
    "access-control-max-age": "3600",
    "access-control-allow-private-network": "true",
  });
  response.end();
}

export function allowBrowser(response: ServerResponse, origin: string | undefined): void {
  if (origin === undefined) return;
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("access-control-expose-headers", "*, etag, x-amzn-requestid, x-amzn-errortype, x-amz-request-id, x-amz-crc32");
  response.setHeader("vary", "origin");
}
