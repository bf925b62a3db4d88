import type { HttpRequest, HttpResponse } from "../../../../model/http.ts";
import { apigatewayLimits } from "../../../../model/limits/apigateway.ts";
import { callerIn } from "../../../kernel/callerIn.ts";
import type { Call, Caller, Kernel } from "../../../kernel/service.ts";
import { explain, messageAnswer } from "../answers.ts";
import type { Apis, HttpApi, Stage } from "../apis.ts";
import { isSigned, unsupported } from "../authorization.ts";
import { functionArn } from "../functionArn.ts";
import { invokeFunction } from "../invokeFunction.ts";
import { pathSegments, routeTable } from "../routeTable.ts";
import type { RouteTable } from "../routeTable.ts";
import { isPreflight, preflightAnswer, withCors } from "./cors.ts";
import { eventOfFormat1, eventOfFormat2 } from "./event.ts";
import { responseOfFormat1, responseOfFormat2 } from "./response.ts";

type HttpRoute = HttpApi["routes"][number];

/** Where a request to an HTTP API goes. */
interface Aim {
  readonly stage: Stage | null;
  /** Below the stage, decoded. */
  readonly path: string;
  readonly route: HttpRoute | null;
  readonly parameters: Readonly<Record<string, string>> | null;
  readonly isMalformed: boolean;
}

const routesOf = new WeakMap<HttpApi["routes"], RouteTable<HttpRoute>>();

/** Answers one request to an HTTP API: a span of its own, whose operation is the route. */
export function answerHttpApi(
  api: HttpApi,
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
      operation: titleOf(aim, request),
      target: apis.refOf(api),
      input: request,
      run: async (input: HttpRequest, call) => {
        const isEdited = input !== request;
        const answered = await answer(api, isEdited ? aimOf(api, input.method, editedPath(path, request, input)) : aim, input, call);
        call.status(answered.status);
        return answered;
      },
    },
    callerIn(api.region, caller),
  );
}

async function answer(api: HttpApi, aim: Aim, request: HttpRequest, call: Call): Promise<HttpResponse> {
  const { cors } = api;
  const requestId = `${call.kernel.ids.base36(15)}=`;
  if (cors && isPreflight(request) && !aim.route?.RouteKey?.startsWith("OPTIONS ")) {
    const preflight = preflightAnswer(cors, request);
    return { ...preflight, headers: [...preflight.headers, ["apigw-requestid", requestId]] };
  }
  const answered = await answerRoute(api, aim, request, call, requestId);
  const withId: HttpResponse = { ...answered, headers: [...answered.headers, ["apigw-requestid", requestId]] };
  return cors ? withCors(cors, request, withId) : withId;
}

async function answerRoute(api: HttpApi, aim: Aim, request: HttpRequest, call: Call, requestId: string): Promise<HttpResponse> {
  if (aim.isMalformed) return messageAnswer(400, "Bad Request");
  if (api.isDefaultEndpointDisabled || !aim.stage || !aim.route) {
    call.log({ at: call.now(), level: "warn", message: whyNotFound(api, aim, request) });
    return messageAnswer(404, "Not Found");
  }
  if (request.body.byteLength > apigatewayLimits.payloadBytes.value) return messageAnswer(413, "Request Entity Too Large");
  const refused = authorization(api, aim.route, request, call);
  if (refused) return refused;
  const integration = api.integrations.find((one) => aim.route?.Target === `integrations/${one.IntegrationId ?? ""}`);
  if (!integration) {
    explain(
      call,
      "IntegrationNotFound",
      `The route ${aim.route.RouteKey ?? ""} has no integration: its target is ${aim.route.Target ?? "absent"}.`,
    );
    return messageAnswer(500, "Internal Server Error");
  }
  const arn = functionArn(integration.IntegrationUri ?? "", aim.stage.variables);
  if (integration.IntegrationType !== "AWS_PROXY" || integration.IntegrationSubtype || arn === null) {
    return unsupported(
      call,
      `${integration.IntegrationSubtype ?? integration.IntegrationType ?? "?"} integrations (route ${aim.route.RouteKey ?? ""}, ${integration.IntegrationUri ?? "no URI"})`,
    );
  }
  const isFormat1 = integration.PayloadFormatVersion !== "2.0";
  const source = {
    api,
    stage: aim.stage,
    routeKey: aim.route.RouteKey ?? "$default",
    parameters: aim.parameters,
    path: aim.path,
    requestId,
  };
  const event = isFormat1 ? eventOfFormat1(request, source, call) : eventOfFormat2(request, source, call);
  const invoked = await invokeFunction(
    call,
    arn,
    event,
    integration.TimeoutInMillis ?? apigatewayLimits.httpIntegrationTimeoutMillisecondsMax.value,
  );
  switch (invoked.type) {
    case "answered": {
      const response = isFormat1 ? responseOfFormat1(invoked.payload) : responseOfFormat2(invoked.payload);
      if (typeof response !== "string") return response;
      explain(call, "MalformedFunctionResponse", `What the function returned is not a response: ${response}`);
      return messageAnswer(500, "Internal Server Error");
    }
    case "failed":
      explain(call, "IntegrationFailure", invoked.reason);
      return messageAnswer(500, "Internal Server Error");
    case "throttled":
      explain(call, "IntegrationThrottled", invoked.reason);
      return messageAnswer(503, "Service Unavailable");
    case "too large":
      explain(call, "RequestTooLarge", invoked.reason, "client");
      return messageAnswer(413, "Request Entity Too Large");
    case "timed out":
      explain(
        call,
        "IntegrationTimeout",
        `The function did not answer within ${integration.TimeoutInMillis ?? apigatewayLimits.httpIntegrationTimeoutMillisecondsMax.value} ms.`,
      );
      return messageAnswer(503, "Service Unavailable");
  }
}

function authorization(api: HttpApi, route: HttpRoute, request: HttpRequest, call: Call): HttpResponse | null {
  const type = route.AuthorizationType ?? "NONE";
  if (type === "NONE") return null;
  // Signatures are read, not checked: a signed request counts as allowed.
  if (type === "AWS_IAM") return isSigned(request) ? null : messageAnswer(403, "Forbidden");
  const authorizer = api.authorizers.find((one) => one.id === route.AuthorizerId || one.name === route.AuthorizerId);
  return unsupported(
    call,
    `Authorizers (${authorizer?.name ?? route.AuthorizerId ?? type}, which guards ${route.RouteKey ?? "this route"})`,
  );
}

function aimOf(api: HttpApi, method: string, rawPath: string): Aim {
  const { stage, path } = stageOf(api, rawPath);
  const decoded = decodedPath(path);
  if (decoded === null) return { stage, path, route: null, parameters: null, isMalformed: true };
  const hit = tableOf(api).match(
    method,
    pathSegments(path).map((segment) => (segment.includes("%") ? decodeURIComponent(segment) : segment)),
  );
  const route = hit?.value ?? api.routes.find((one) => one.RouteKey === "$default") ?? null;
  return { stage, path: decoded, route, parameters: hit?.parameters ?? null, isMalformed: false };
}

/** A named stage is the path's first segment; `$default` serves all else. */
function stageOf(api: HttpApi, path: string): { readonly stage: Stage | null; readonly path: string } {
  const end = path.indexOf("/", 1);
  const first = end < 0 ? path.slice(1) : path.slice(1, end);
  let fallback: Stage | null = null;
  for (const stage of api.stages) {
    if (stage.name === "$default") fallback = stage;
    else if (stage.name === first) return { stage, path: end < 0 ? "/" : path.slice(end) };
  }
  return { stage: fallback, path };
}

function tableOf(api: HttpApi): RouteTable<HttpRoute> {
  let table = routesOf.get(api.routes);
  if (!table) {
    const entries = api.routes.flatMap((route) => {
      const [method, path] = (route.RouteKey ?? "").split(" ");
      return method !== undefined && path !== undefined ? [{ method, path, value: route }] : [];
    });
    table = routeTable(entries, "path and method");
    routesOf.set(api.routes, table);
  }
  return table;
}

function titleOf(aim: Aim, request: HttpRequest): string {
  const key = aim.route?.RouteKey;
  if (key === undefined || key === "$default") return `${request.method} ${aim.path}`;
  return key.startsWith("ANY ") ? `${request.method} ${key.slice("ANY ".length)}` : key;
}

function decodedPath(path: string): string | null {
  if (!path.includes("%")) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/** A person may have changed the path at a breakpoint; the address's own part (a path form) is not theirs to see. */
function editedPath(path: string, original: HttpRequest, edited: HttpRequest): string {
  return edited.path === original.path ? path : edited.path;
}

function whyNotFound(api: HttpApi, aim: Aim, request: HttpRequest): string {
  if (api.isDefaultEndpointDisabled) return "The API's default endpoint is disabled (DisableExecuteApiEndpoint).";
  if (!aim.stage)
    return `The API has no stage for this path; its stages are ${api.stages.map((stage) => stage.name).join(", ") || "none"}.`;
  return `No route of the API matches ${request.method} ${aim.path}; its routes are ${api.routes.map((route) => route.RouteKey).join(", ") || "none"}.`;
}
