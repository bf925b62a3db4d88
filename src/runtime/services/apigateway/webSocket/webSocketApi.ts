import type { HttpRequest, HttpResponse } from "../../../../model/http.ts";
import { apigatewayLimits } from "../../../../model/limits/apigateway.ts";
import { callerIn } from "../../../kernel/callerIn.ts";
import type { Call, Caller, Kernel, SocketPeer, TakenSocket } from "../../../kernel/service.ts";
import { explain, messageAnswer } from "../answers.ts";
import type { Apis, HttpApi, Stage } from "../apis.ts";
import { isSigned, unsupported } from "../authorization.ts";
import { functionArn } from "../functionArn.ts";
import { invokeFunction } from "../invokeFunction.ts";
import type { Connection, Connections } from "./connections.ts";
import { connectEvent, disconnectEvent, messageEvent } from "./event.ts";

type Route = HttpApi["routes"][number];

/** A WebSocket API at work: who may connect, where a message goes, who is told of the end. */
export interface WebSocketApis {
  open(api: HttpApi, path: string, request: HttpRequest, caller: Caller): Promise<TakenSocket | HttpResponse>;
}

export function webSocketApis(apis: Apis, connections: Connections, kernel: Kernel): WebSocketApis {
  async function message(api: HttpApi, stage: Stage, connection: Connection, data: Uint8Array, isBinary: boolean): Promise<void> {
    connections.touch(connection);
    const text = Buffer.from(data).toString(isBinary ? "base64" : "utf8");
    const route = routeFor(api, isBinary ? "" : text);
    await kernel.work(
      {
        kind: "request",
        service: "apigateway",
        operation: route?.RouteKey ?? "$default",
        target: apis.refOf(api),
        input: text,
        run: async (body: string, call) => {
          const requestId = requestIdOf(call);
          // an edited message may go elsewhere
          const chosen = body === text ? route : routeFor(api, body);
          if (chosen === undefined) {
            explain(call, "RouteNotFound", `No route takes this message, and there is no $default. ${selection(api)}`, "client");
            return tell(connection, { message: "Forbidden", connectionId: connection.id, requestId });
          }
          const source = { api, stage, connection, routeKey: chosen.RouteKey ?? "", requestId };
          const answered = await invoke(api, stage, chosen, messageEvent(body, isBinary, source, call), call);
          if (answered === null) return tell(connection, { message: "Internal server error", connectionId: connection.id, requestId });
          if (chosen.RouteResponseSelectionExpression !== undefined && answered.body !== "") connection.peer?.send(answered.body);
        },
      },
      connection.client,
    );
  }

  async function ended(api: HttpApi, stage: Stage, connection: Connection, code: number, reason: string): Promise<void> {
    connections.remove(connection);
    const route = api.routes.find((one) => one.RouteKey === "$disconnect");
    if (route === undefined) return;
    await kernel.work(
      {
        kind: "request",
        service: "apigateway",
        operation: "$disconnect",
        target: apis.refOf(api),
        input: { code, reason },
        run: async (_input: object, call) => {
          const source = { api, stage, connection, routeKey: "$disconnect", requestId: requestIdOf(call) };
          await invoke(api, stage, route, disconnectEvent(code, reason, source, call), call);
        },
      },
      connection.client,
    );
  }

  return {
    open(api, path, request, caller) {
      const client = callerIn(api.region, { cause: null, actor: caller.actor, region: caller.region, accountId: caller.accountId });
      return kernel.work(
        {
          kind: "request",
          service: "apigateway",
          operation: "$connect",
          target: apis.refOf(api),
          input: request,
          run: async (input: HttpRequest, call): Promise<TakenSocket | HttpResponse> => {
            const stage = api.stages.find((one) => `/${one.name}` === path.replace(/\/$/, ""));
            if (stage === undefined || api.isDefaultEndpointDisabled) {
              const stages = api.stages.map((one) => one.name).join(", ") || "none";
              call.log({ at: call.now(), level: "warn", message: `The API has no stage at ${path}; its stages are ${stages}.` });
              return messageAnswer(403, "Forbidden");
            }
            const userAgent = input.headers.find(([name]) => name === "user-agent")?.[1];
            const connection = connections.make(api, stage, { sourceIp: input.sourceIp, userAgent, client });
            const route = api.routes.find((one) => one.RouteKey === "$connect");
            const refused = route === undefined ? null : authorization(route, input, call);
            if (refused !== null) return refused;
            const source = { api, stage, connection, routeKey: "$connect", requestId: requestIdOf(call) };
            const answered =
              route === undefined
                ? { status: 200, headers: {}, body: "" }
                : await invoke(api, stage, route, connectEvent(input, source, call), call);
            if (answered === null) return messageAnswer(502, "Bad Gateway");
            call.status(answered.status);
            if (answered.status < 200 || answered.status > 299) return messageAnswer(answered.status, "Forbidden");
            return {
              protocol: answered.headers["sec-websocket-protocol"] ?? null,
              opened(peer: SocketPeer) {
                connections.add(connection, peer);
                const quietly = (work: Promise<void>): void => {
                  // what fails there has been told by the kernel
                  work.catch(() => {});
                };
                return {
                  message: (data, isBinary) => quietly(message(api, stage, connection, data, isBinary)),
                  closed: (code, reason) => quietly(ended(api, stage, connection, code, reason)),
                };
              },
            };
          },
        },
        callerIn(api.region, caller),
      );
    },
  };
}

interface Answered {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the route's function answers; null: it failed, and the span says why. */
async function invoke(api: HttpApi, stage: Stage, route: Route, event: object, call: Call): Promise<Answered | null> {
  const integration = api.integrations.find((one) => route.Target === `integrations/${one.IntegrationId ?? ""}`);
  const arn = functionArn(integration?.IntegrationUri ?? "", stage.variables);
  if (integration?.IntegrationType === "MOCK") return { status: 200, headers: {}, body: "" };
  if (integration === undefined || integration.IntegrationType !== "AWS_PROXY" || arn === null) {
    const what = integration?.IntegrationType ?? "no integration";
    explain(call, "NotRunLocally", `The route ${route.RouteKey ?? ""} has ${what}: only functions (AWS_PROXY) and MOCK are run here.`);
    return null;
  }
  const most = apigatewayLimits.webSocketIntegrationTimeoutMillisecondsMax.value;
  const invoked = await invokeFunction(call, arn, event, Math.min(integration.TimeoutInMillis ?? most, most));
  if (invoked.type === "answered") return answerOf(invoked.payload);
  explain(call, "IntegrationFailure", invoked.type === "timed out" ? "The function did not answer in time." : invoked.reason);
  return null;
}

function answerOf(payload: string): Answered {
  const value: unknown = JSON.parse(payload);
  const given = typeof value === "object" && value !== null ? value : {};
  const status = "statusCode" in given ? Number(given.statusCode) : 200;
  const headers = "headers" in given && typeof given.headers === "object" && given.headers !== null ? Object.entries(given.headers) : [];
  return {
    status: Number.isInteger(status) ? status : 500,
    headers: Object.fromEntries(headers.map(([name, text]) => [name.toLowerCase(), String(text)])),
    body: "body" in given && typeof given.body === "string" ? given.body : "",
  };
}

function authorization(route: Route, request: HttpRequest, call: Call): HttpResponse | null {
  const type = route.AuthorizationType ?? "NONE";
  if (type === "NONE") return null;
  // Signatures are read, not checked: a signed request counts as allowed.
  if (type === "AWS_IAM") return isSigned(request) ? null : messageAnswer(403, "Forbidden");
  return unsupported(call, "Authorizers of WebSocket APIs");
}

/** `$request.body.action` names the member of the message that names the route. */
function routeFor(api: HttpApi, text: string): Route | undefined {
  const key = selectedBy(api.routeSelectionExpression, text);
  const own = api.routes.find((route) => route.RouteKey === key && !key.startsWith("$"));
  return own ?? api.routes.find((route) => route.RouteKey === "$default");
}

function selectedBy(expression: string, text: string): string {
  const path = /^\$\{?request\.body\.([\w.]+)\}?$/.exec(expression)?.[1];
  if (path === undefined) return "";
  try {
    const found = path.split(".").reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), JSON.parse(text));
    return typeof found === "string" || typeof found === "number" ? String(found) : "";
  } catch {
    return "";
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function selection(api: HttpApi): string {
  return `Routes are chosen by ${api.routeSelectionExpression} among ${api.routes.map((route) => route.RouteKey).join(", ") || "none"}.`;
}

function tell(connection: Connection, body: object): void {
  connection.peer?.send(JSON.stringify(body));
}

function requestIdOf(call: Call): string {
  return `${call.kernel.ids.base36(15)}=`;
}
