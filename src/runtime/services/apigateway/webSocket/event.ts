import type { HttpRequest } from "../../../../model/http.ts";
import type { Call } from "../../../kernel/service.ts";
import { logTime } from "../answers.ts";
import type { HttpApi, Stage } from "../apis.ts";
import { eventHeaders } from "../eventHeaders.ts";
import { queryPairs } from "../query.ts";
import type { Connection } from "./connections.ts";

/** What a function gets from a WebSocket API. */

interface Source {
  readonly api: HttpApi;
  readonly stage: Stage;
  readonly connection: Connection;
  readonly routeKey: string;
  readonly requestId: string;
}

export function connectEvent(request: HttpRequest, source: Source, call: Call): object {
  const headers: Record<string, string> = {};
  const multiValueHeaders: Record<string, string[]> = {};
  for (const [name, value] of eventHeaders(request, call)) {
    headers[name] = value;
    (multiValueHeaders[name] ??= []).push(value);
  }
  const query = queryPairs(request.rawQuery);
  const multiple: Record<string, string[]> = {};
  for (const [name, value] of query) (multiple[name] ??= []).push(value);
  return {
    headers,
    multiValueHeaders,
    // left out where there is none
    ...(query.length > 0 && { queryStringParameters: Object.fromEntries(query), multiValueQueryStringParameters: multiple }),
    requestContext: context(source, "CONNECT", {}, call),
    ...variablesOf(source.stage),
    isBase64Encoded: false,
  };
}

export function messageEvent(body: string, isBase64Encoded: boolean, source: Source, call: Call): object {
  const requestContext = context(source, "MESSAGE", { messageId: `${call.kernel.ids.base36(15)}=` }, call);
  return { requestContext, ...variablesOf(source.stage), body, isBase64Encoded };
}

export function disconnectEvent(code: number, reason: string, source: Source, call: Call): object {
  const headers = { Host: domainOf(source.api), "x-api-key": "", "X-Forwarded-For": "", "x-restapi": "" };
  return {
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    requestContext: context(source, "DISCONNECT", { disconnectStatusCode: code, disconnectReason: reason }, call),
    ...variablesOf(source.stage),
    isBase64Encoded: false,
  };
}

function context(
  { api, stage, connection, routeKey, requestId }: Source,
  eventType: "CONNECT" | "MESSAGE" | "DISCONNECT",
  own: object,
  call: Call,
): object {
  const now = call.now();
  return {
    routeKey,
    ...own,
    eventType,
    extendedRequestId: requestId,
    requestTime: logTime(now),
    messageDirection: "IN",
    stage: stage.name,
    connectedAt: Math.floor(connection.connectedAt),
    requestTimeEpoch: Math.floor(now),
    identity: { ...(connection.userAgent !== undefined && { userAgent: connection.userAgent }), sourceIp: connection.sourceIp },
    requestId,
    domainName: domainOf(api),
    connectionId: connection.id,
    apiId: api.id,
  };
}

function domainOf(api: HttpApi): string {
  return `${api.id}.execute-api.${api.region}.amazonaws.com`;
}

function variablesOf({ variables }: Stage): object {
  return Object.keys(variables).length > 0 ? { stageVariables: variables } : {};
}
