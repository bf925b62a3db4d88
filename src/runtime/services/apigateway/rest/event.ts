import type { HttpRequest } from "../../../../model/http.ts";
import type { Call } from "../../../kernel/service.ts";
import { logTime } from "../answers.ts";
import type { RestApi, RestResource, Stage } from "../apis.ts";
import { eventHeaders } from "../eventHeaders.ts";
import { queryPairs } from "../query.ts";
import { coversMediaType } from "./mediaTypes.ts";

export interface RestEventSource {
  readonly api: RestApi;
  readonly stage: Stage;
  readonly resource: RestResource;
  readonly parameters: Readonly<Record<string, string>> | null;
  /** Path below the stage, as sent. */
  readonly path: string;
  readonly requestId: string;
  readonly extendedRequestId: string;
}

/** What a function gets from a REST API with proxy integration (format 1.0); absent parts are null. */
export function restEvent(request: HttpRequest, source: RestEventSource, call: Call): object {
  const { api, stage, resource, parameters, path, requestId, extendedRequestId } = source;
  const headers: Record<string, string> = {};
  const multiValueHeaders: Record<string, string[]> = {};
  let contentType: string | undefined;
  const sentNames = sentNamesOf(request);
  for (const [name, value] of eventHeaders(request, call)) {
    if (name === "content-length") continue;
    const shown = titled[name] ?? sentNames.get(name) ?? name;
    headers[shown] = value;
    (multiValueHeaders[shown] ??= []).push(value);
    if (name === "content-type") contentType = value;
  }
  const query = queryPairs(request.rawQuery);
  const multiValueQuery: Record<string, string[]> = {};
  for (const [name, value] of query) (multiValueQuery[name] ??= []).push(value);
  const isBase64 = request.body.byteLength > 0 && coversMediaType(api.binaryMediaTypes, contentType ?? "application/json");
  const now = call.now();
  return {
    resource: resource.path,
    path,
    httpMethod: request.method,
    headers,
    multiValueHeaders,
    queryStringParameters: query.length > 0 ? Object.fromEntries(query) : null,
    multiValueQueryStringParameters: query.length > 0 ? multiValueQuery : null,
    pathParameters: parameters,
    stageVariables: Object.keys(stage.variables).length > 0 ? stage.variables : null,
    requestContext: {
      resourceId: resource.id,
      resourcePath: resource.path,
      httpMethod: request.method,
      extendedRequestId,
      requestTime: logTime(now),
      path: `/${stage.name}${path}`,
      accountId: call.accountId,
      protocol: "HTTP/1.1",
      stage: stage.name,
      domainPrefix: api.id,
      requestTimeEpoch: Math.floor(now),
      requestId,
      identity: {
        cognitoIdentityPoolId: null,
        accountId: null,
        cognitoIdentityId: null,
        caller: null,
        sourceIp: request.sourceIp,
        principalOrgId: null,
        accessKey: null,
        cognitoAuthenticationType: null,
        cognitoAuthenticationProvider: null,
        userArn: null,
        userAgent: headers["User-Agent"] ?? null,
        user: null,
      },
      domainName: `${api.id}.execute-api.${api.region}.amazonaws.com`,
      deploymentId: stage.deploymentId ?? "",
      apiId: api.id,
    },
    body:
      request.body.byteLength === 0
        ? null
        : Buffer.from(request.body.buffer, request.body.byteOffset, request.body.byteLength).toString(isBase64 ? "base64" : "utf8"),
    isBase64Encoded: isBase64,
  };
}

/** API Gateway writes these itself; the others keep the case in which the client sent them. */
const titled: Readonly<Record<string, string>> = {
  host: "Host",
  "user-agent": "User-Agent",
  "x-amzn-trace-id": "X-Amzn-Trace-Id",
  "x-forwarded-for": "X-Forwarded-For",
  "x-forwarded-port": "X-Forwarded-Port",
  "x-forwarded-proto": "X-Forwarded-Proto",
};

function sentNamesOf(request: HttpRequest): ReadonlyMap<string, string> {
  return new Map((request.headerNames ?? []).map((name) => [name.toLowerCase(), name]));
}
