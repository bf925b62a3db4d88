import type { HttpRequest, HttpResponse } from "../../../../model/http.ts";
import { apigatewayLimits } from "../../../../model/limits/apigateway.ts";
import { callerIn } from "../../../kernel/callerIn.ts";
import type { Call, Caller, Kernel } from "../../../kernel/service.ts";
import { explain, messageAnswer } from "../answers.ts";
import type { Apis, RestApi, RestMethod, RestResource, Stage } from "../apis.ts";
import { isSigned, unsupported } from "../authorization.ts";
import { functionArn } from "../functionArn.ts";
import { invokeFunction } from "../invokeFunction.ts";
import { pathSegments, routeTable } from "../routeTable.ts";
import type { RouteTable } from "../routeTable.ts";
import { restEvent } from "./event.ts";
import { gatewayResponse } from "./gatewayResponse.ts";
import { lambdaIntegration } from "./lambdaIntegration.ts";
import { mockResponse } from "./mock.ts";
import { restResponse } from "./response.ts";

interface Found {
  readonly method: RestMethod;
  readonly resource: RestResource;
}

interface Aim {
  readonly stage: Stage | null;
  /** Below the stage, as sent. */
  readonly path: string;
  readonly found: Found | null;
  readonly parameters: Readonly<Record<string, string>> | null;
  readonly isMalformed: boolean;
}

const tables = new WeakMap<RestApi["methods"], RouteTable<Found>>();

/** Answers one request to a REST API: a span of its own, whose operation is method and resource. */
export function answerRestApi(
  api: RestApi,
  path: string,
  request: HttpRequest,
  caller: Caller,
  kernel: Kernel,
  apis: Apis,
): Promise<HttpResponse> {
  const aim = aimOf(api, request.method, path);
  return kernel.work(
    {
      kind: "request",
      service: "apigateway",
      operation: `${request.method} ${aim.found?.resource.path ?? aim.path}`,
      target: apis.refOf(api),
      input: request,
      run: async (input: HttpRequest, call) => {
        const isEdited = input.path !== request.path || input.method !== request.method;
        const requestId = call.kernel.ids.uuid();
        const answered = await answer(
          api,
          isEdited ? aimOf(api, input.method, input.path === request.path ? path : input.path) : aim,
          input,
          call,
          requestId,
        );
        call.status(answered.status);
        return {
          ...answered,
          headers: [...answered.headers, ["x-amzn-requestid", requestId], ["x-amzn-trace-id", `Root=${call.span.traceId}`]],
        };
      },
    },
    callerIn(api.region, caller),
  );
}

async function answer(api: RestApi, aim: Aim, request: HttpRequest, call: Call, requestId: string): Promise<HttpResponse> {
  if (aim.isMalformed) return gatewayResponse(api, "BAD_REQUEST_PARAMETERS", requestId);
  if (api.isDefaultEndpointDisabled || !aim.stage) {
    const why = api.isDefaultEndpointDisabled
      ? "The API's default endpoint is disabled (DisableExecuteApiEndpoint)."
      : `The path must begin with a stage: ${api.stages.map((stage) => `/${stage.name}`).join(", ") || "the API has none"}.`;
    call.log({ at: call.now(), level: "warn", message: why });
    return messageAnswer(403, "Forbidden", [["x-amzn-errortype", "ForbiddenException"]]);
  }
  if (!aim.found) {
    call.log({ at: call.now(), level: "warn", message: `No method of the API answers ${request.method} ${aim.path}.` });
    return gatewayResponse(api, "MISSING_AUTHENTICATION_TOKEN", requestId);
  }
  if (request.body.byteLength > apigatewayLimits.payloadBytes.value) return gatewayResponse(api, "REQUEST_TOO_LARGE", requestId);
  const { method, resource } = aim.found;
  const name = `${method.httpMethod} ${resource.path}`;
  if (method.authorizationType === "AWS_IAM") {
    if (!isSigned(request)) return gatewayResponse(api, "MISSING_AUTHENTICATION_TOKEN", requestId);
  } else if (method.authorizationType !== "NONE") {
    return unsupported(call, `Authorizers (${method.authorizer ?? method.authorizationType}, which guards ${name})`);
  }
  if (method.isApiKeyRequired) return unsupported(call, `API keys (${name} requires one)`);
  return integrate(api, { ...aim, stage: aim.stage, resource }, method, request, call, requestId);
}

async function integrate(
  api: RestApi,
  aim: { readonly stage: Stage; readonly resource: RestResource; readonly path: string; readonly parameters: Aim["parameters"] },
  method: RestMethod,
  request: HttpRequest,
  call: Call,
  requestId: string,
): Promise<HttpResponse> {
  const { integration } = method;
  const name = `${method.httpMethod} ${aim.resource.path}`;
  if (!integration) {
    explain(call, "IntegrationNotFound", `${name} has no integration.`);
    return messageAnswer(500, "Internal server error");
  }
  if (integration.type === "MOCK") {
    const answered = mockResponse(integration, request);
    if (answered === "unsupported media type") return gatewayResponse(api, "UNSUPPORTED_MEDIA_TYPE", requestId);
    return "unsupported" in answered ? unsupported(call, `${answered.unsupported} (${name})`) : answered;
  }
  const arn = functionArn(integration.uri, aim.stage.variables);
  if (integration.type === "AWS" && arn !== null) {
    const answered = await lambdaIntegration(api, integration, arn, request, call, requestId);
    return "unsupported" in answered ? unsupported(call, `${answered.unsupported} (${name})`) : answered;
  }
  if (integration.type !== "AWS_PROXY" || arn === null)
    return unsupported(call, `${integration.type} integrations (${name}, ${integration.uri || "no URI"})`);
  const extendedRequestId = `${call.kernel.ids.base36(15)}=`;
  const event = restEvent(
    request,
    { api, stage: aim.stage, resource: aim.resource, parameters: aim.parameters, path: aim.path, requestId, extendedRequestId },
    call,
  );
  const invoked = await invokeFunction(call, arn, event, integration.timeoutMilliseconds);
  switch (invoked.type) {
    case "answered": {
      const response = restResponse(invoked.payload, api, request);
      if (typeof response !== "string") return { ...response, headers: [...response.headers, ["x-amz-apigw-id", extendedRequestId]] };
      explain(
        call,
        "MalformedFunctionResponse",
        `Execution failed due to configuration error: Malformed Lambda proxy response. ${response}`,
      );
      return gatewayResponse(api, "INTEGRATION_FAILURE", requestId);
    }
    case "failed":
      explain(call, "IntegrationFailure", invoked.reason);
      return gatewayResponse(api, "INTEGRATION_FAILURE", requestId);
    case "throttled":
      explain(call, "IntegrationThrottled", invoked.reason);
      return { ...gatewayResponse(api, "INTEGRATION_FAILURE", requestId), status: 500 };
    case "too large":
      explain(call, "RequestTooLarge", invoked.reason, "client");
      return gatewayResponse(api, "REQUEST_TOO_LARGE", requestId);
    case "timed out":
      explain(call, "IntegrationTimeout", `The function did not answer within ${integration.timeoutMilliseconds} ms.`);
      return gatewayResponse(api, "INTEGRATION_TIMEOUT", requestId);
  }
}

function aimOf(api: RestApi, method: string, rawPath: string): Aim {
  const end = rawPath.indexOf("/", 1);
  const first = end < 0 ? rawPath.slice(1) : rawPath.slice(1, end);
  const stage = api.stages.find((one) => one.name === first) ?? null;
  const path = end < 0 ? "/" : rawPath.slice(end);
  if (!stage) return { stage, path: rawPath, found: null, parameters: null, isMalformed: false };
  try {
    // A trailing slash means the same resource.
    const segments = pathSegments(path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path).map((segment) =>
      segment.includes("%") ? decodeURIComponent(segment) : segment,
    );
    const hit = tableOf(api).match(method, segments);
    return { stage, path, found: hit?.value ?? null, parameters: hit?.parameters ?? null, isMalformed: false };
  } catch {
    return { stage, path, found: null, parameters: null, isMalformed: true };
  }
}

function tableOf(api: RestApi): RouteTable<Found> {
  let table = tables.get(api.methods);
  if (!table) {
    const resources = new Map(api.resources.map((resource) => [resource.id, resource]));
    const entries = api.methods.flatMap((method) => {
      const resource = resources.get(method.resourceId);
      return resource ? [{ method: method.httpMethod, path: resource.path, value: { method, resource } }] : [];
    });
    table = routeTable(entries, "path");
    tables.set(api.methods, table);
  }
  return table;
}
