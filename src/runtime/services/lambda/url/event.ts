import { isUtf8 } from "node:buffer";
import type { HttpRequest } from "../../../../model/http.ts";
import type { JsonObject } from "../../../../model/json.ts";

/** A request as a function behind a URL gets it (payload format 2.0): https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html */
export function urlEvent(request: HttpRequest, urlId: string, requestId: string, now: number): JsonObject {
  const cookies = request.headers.filter(([name]) => name === "cookie").flatMap(([, value]) => value.split(/;\s*/));
  const headers: Record<string, string> = {};
  for (const [name, value] of request.headers) {
    if (name !== "cookie") headers[name] = headers[name] === undefined ? value : `${headers[name]},${value}`;
  }
  const query = queryOf(request.rawQuery);
  const body = Buffer.from(request.body.buffer, request.body.byteOffset, request.body.byteLength);
  const isText = isTextType(headers["content-type"]) && isUtf8(body);
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: request.path,
    rawQueryString: request.rawQuery,
    ...(cookies.length > 0 && { cookies }),
    headers,
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    requestContext: {
      accountId: "anonymous",
      apiId: urlId,
      domainName: request.host,
      domainPrefix: urlId,
      http: {
        method: request.method,
        path: request.path,
        protocol: "HTTP/1.1",
        sourceIp: request.sourceIp,
        userAgent: headers["user-agent"] ?? "",
      },
      requestId,
      routeKey: "$default",
      stage: "$default",
      time: commonLogTime(now),
      timeEpoch: Math.floor(now),
    },
    ...(body.length > 0 && { body: body.toString(isText ? "utf8" : "base64") }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

function isTextType(contentType: string | undefined): boolean {
  return (
    contentType !== undefined &&
    /^(?:text\/|application\/(?:json|javascript|xml|x-www-form-urlencoded)|[^;]+\+(?:json|xml))/i.test(contentType)
  );
}

function queryOf(rawQuery: string): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQuery)) query[name] = query[name] === undefined ? value : `${query[name]},${value}`;
  return query;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `12/Mar/2026:19:03:58 +0000` */
function commonLogTime(now: number): string {
  const iso = new Date(now).toISOString();
  return `${iso.slice(8, 10)}/${months[Number(iso.slice(5, 7)) - 1] ?? ""}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}
