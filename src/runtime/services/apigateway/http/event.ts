import type { HttpRequest } from "../../../../model/http.ts";
import type { Call } from "../../../kernel/service.ts";
import { logTime } from "../answers.ts";
import type { HttpApi, Stage } from "../apis.ts";
import { eventHeaders } from "../eventHeaders.ts";
import { queryPairs } from "../query.ts";

/** What a function gets from an HTTP API, in payload format 2.0 or 1.0. */

export interface EventSource {
  readonly api: HttpApi;
  readonly stage: Stage;
  readonly routeKey: string;
  readonly parameters: Readonly<Record<string, string>> | null;
  /** Path below the stage, decoded. */
  readonly path: string;
  readonly requestId: string;
}

export function eventOfFormat2(request: HttpRequest, source: EventSource, call: Call): object {
  const { api, stage, routeKey, parameters, requestId } = source;
  const headers: Record<string, string> = {};
  const cookies: string[] = [];
  for (const [name, value] of eventHeaders(request, call)) {
    if (name === "cookie") cookies.push(...value.split(/;\s*/));
    else headers[name] = name in headers ? `${headers[name]},${value}` : value;
  }
  // AWS states a length even where there is no body.
  headers["content-length"] ??= String(request.body.byteLength);
  const rawPath = stagePath(stage, source.path);
  const query = queryPairs(request.rawQuery);
  const now = call.now();
  const body = bodyOf(request, headers["content-type"]);
  // Members are set to undefined, which JSON leaves out, where format 2.0 has no such member.
  return {
    version: "2.0",
    routeKey,
    rawPath,
    rawQueryString: request.rawQuery,
    cookies: cookies.length > 0 ? cookies : undefined,
    headers,
    queryStringParameters: query.length > 0 ? folded(query) : undefined,
    requestContext: {
      accountId: call.accountId,
      apiId: api.id,
      domainName: `${api.id}.execute-api.${api.region}.amazonaws.com`,
      domainPrefix: api.id,
      http: {
        method: request.method,
        path: rawPath,
        protocol: "HTTP/1.1",
        sourceIp: request.sourceIp,
        userAgent: headers["user-agent"] ?? "",
      },
      requestId,
      routeKey,
      stage: stage.name,
      time: logTime(now),
      timeEpoch: Math.floor(now),
    },
    body: body?.text,
    pathParameters: parameters ?? undefined,
    isBase64Encoded: body?.isBase64 ?? false,
    stageVariables: variablesOf(stage) ?? undefined,
  };
}

export function eventOfFormat1(request: HttpRequest, source: EventSource, call: Call): object {
  const { api, stage, routeKey, parameters, requestId } = source;
  const headers: Record<string, string> = {};
  const multiValueHeaders: Record<string, string[]> = {};
  let contentType: string | undefined;
  for (const [name, value] of eventHeaders(request, call)) {
    const shown = titled[name] ?? name;
    headers[shown] = value;
    (multiValueHeaders[shown] ??= []).push(value);
    if (name === "content-type") contentType = value;
  }
  const query = queryPairs(request.rawQuery);
  const now = call.now();
  const body = bodyOf(request, contentType);
  const path = stagePath(stage, source.path);
  const resource = routeKey.slice(routeKey.indexOf(" ") + 1);
  return {
    version: "1.0",
    resource,
    path,
    httpMethod: request.method,
    headers,
    multiValueHeaders,
    queryStringParameters: query.length > 0 ? Object.fromEntries(query) : null,
    multiValueQueryStringParameters: query.length > 0 ? grouped(query) : null,
    requestContext: {
      accountId: call.accountId,
      apiId: api.id,
      domainName: `${api.id}.execute-api.${api.region}.amazonaws.com`,
      domainPrefix: api.id,
      extendedRequestId: requestId,
      httpMethod: request.method,
      identity: {
        accessKey: null,
        accountId: null,
        caller: null,
        cognitoAmr: null,
        cognitoAuthenticationProvider: null,
        cognitoAuthenticationType: null,
        cognitoIdentityId: null,
        cognitoIdentityPoolId: null,
        principalOrgId: null,
        sourceIp: request.sourceIp,
        user: null,
        userAgent: headers["User-Agent"] ?? "",
        userArn: null,
      },
      path,
      protocol: "HTTP/1.1",
      requestId,
      requestTime: logTime(now),
      requestTimeEpoch: Math.floor(now),
      resourceId: routeKey,
      resourcePath: resource,
      stage: stage.name,
    },
    pathParameters: parameters,
    stageVariables: variablesOf(stage),
    body: body?.text ?? null,
    isBase64Encoded: body?.isBase64 ?? false,
  };
}

/** Headers that format 1.0 writes with capitals; the others stay in lower case. Seen on AWS. */
const titled: Readonly<Record<string, string>> = {
  "content-length": "Content-Length",
  host: "Host",
  "user-agent": "User-Agent",
  "x-amzn-trace-id": "X-Amzn-Trace-Id",
  "x-forwarded-for": "X-Forwarded-For",
  "x-forwarded-port": "X-Forwarded-Port",
  "x-forwarded-proto": "X-Forwarded-Proto",
};

/** HTTP APIs hand text on only for these types; everything else, forms and untyped bodies too, comes in base64. Seen on AWS. */
const textTypes = /^(?:text\/|application\/(?:json|xml|javascript)(?:;|\s|$))/i;

function bodyOf(request: HttpRequest, contentType: string | undefined): { readonly text: string; readonly isBase64: boolean } | null {
  if (request.body.byteLength === 0) return null;
  const bytes = Buffer.from(request.body.buffer, request.body.byteOffset, request.body.byteLength);
  const isBase64 = contentType === undefined || !textTypes.test(contentType);
  return { text: bytes.toString(isBase64 ? "base64" : "utf8"), isBase64 };
}

function stagePath(stage: Stage, path: string): string {
  return stage.name === "$default" ? path : `/${stage.name}${path}`;
}

function folded(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of pairs) result[name] = name in result ? `${result[name]},${value}` : value;
  return result;
}

function grouped(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const result: Record<string, string[]> = {};
  for (const [name, value] of pairs) (result[name] ??= []).push(value);
  return result;
}

function variablesOf(stage: Stage): Record<string, string> | null {
  return Object.keys(stage.variables).length > 0 ? stage.variables : null;
}
