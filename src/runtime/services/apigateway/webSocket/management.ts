import type { HttpRequest, HttpResponse } from "../../../../model/http.ts";
import { apigatewayLimits } from "../../../../model/limits/apigateway.ts";
import { callerIn } from "../../../kernel/callerIn.ts";
import type { Call, Caller, Kernel } from "../../../kernel/service.ts";
import { explain, messageAnswer } from "../answers.ts";
import type { Apis, HttpApi } from "../apis.ts";
import { isSigned } from "../authorization.ts";
import type { Connection, Connections } from "./connections.ts";

const managed = /^\/([^/]+)\/@connections\/([^/]+)$/;

/** The @connections API: a backend sends to a client, looks at it, or ends it. */
export function manageConnection(
  api: HttpApi,
  path: string,
  request: HttpRequest,
  caller: Caller,
  { apis, connections, kernel }: { readonly apis: Apis; readonly connections: Connections; readonly kernel: Kernel },
): Promise<HttpResponse> {
  const [, stage = "", id = ""] = managed.exec(decoded(path)) ?? [];
  return kernel.work(
    {
      kind: "request",
      service: "apigateway",
      operation: `${request.method} ${id === "" ? path : "@connections"}`,
      target: apis.refOf(api),
      input: request,
      run: (input: HttpRequest, call) => {
        const answered = answer(id === "" ? undefined : connections.find(api, stage, id), input, call, id !== "");
        if (answered.status === 200 && input.method === "POST") {
          const connection = connections.find(api, stage, id);
          if (connection !== undefined) connections.touch(connection);
        }
        call.status(answered.status);
        return answered;
      },
    },
    callerIn(api.region, caller),
  );
}

function answer(connection: Connection | undefined, request: HttpRequest, call: Call, isOfConnection: boolean): HttpResponse {
  // a browser that opens the address of a WebSocket API, or a backend that forgot to sign
  if (!isOfConnection) return messageAnswer(403, "Forbidden");
  if (!isSigned(request)) return messageAnswer(403, "Missing Authentication Token");
  if (connection?.peer === null || connection === undefined) {
    explain(call, "GoneException", "This client is not connected any more: forget its connection id.", "client");
    return { status: 410, headers: [["x-amzn-errortype", "GoneException"]], body: Buffer.from("") };
  }
  switch (request.method) {
    case "POST":
      if (request.body.byteLength > apigatewayLimits.webSocketMessageBytes.value)
        return messageAnswer(413, "Payload too large", [["x-amzn-errortype", "PayloadTooLargeException"]]);
      connection.peer.send(Buffer.from(request.body).toString("utf8"));
      return { status: 200, headers: [], body: Buffer.from("") };
    case "GET":
      return json({
        connectedAt: new Date(connection.connectedAt).toISOString(),
        identity: { sourceIp: connection.sourceIp, userAgent: connection.userAgent },
        lastActiveAt: new Date(connection.lastActiveAt).toISOString(),
      });
    case "DELETE":
      connection.peer.close(1000, "");
      return { status: 204, headers: [], body: Buffer.from("") };
    default:
      return messageAnswer(403, "Missing Authentication Token");
  }
}

function json(body: object): HttpResponse {
  return { status: 200, headers: [["content-type", "application/json"]], body: Buffer.from(JSON.stringify(body)) };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
