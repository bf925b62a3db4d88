import { request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import type { HttpRequest, HttpResponse } from "../../model/http.ts";
import { AwsError } from "./awsError.ts";
import type { Call } from "./service.ts";

/** Headers that belong to one connection, not to the message. */
const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "transfer-encoding",
  "upgrade",
  "te",
  "trailer",
  "content-length",
  "host",
]);

/** Sends a request to a host outside the runtime: an HTTP endpoint as an API's integration or a distribution's origin. The body comes back as sent, still encoded. */
export function requestWorld(request: HttpRequest, call: Call): Promise<HttpResponse> {
  const { hostname, port } = new URL(`${request.protocol}://${request.host}`);
  const send = request.protocol === "https" ? secureRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const outgoing = send(
      {
        hostname,
        port,
        method: request.method,
        path: request.rawQuery === "" ? request.path : `${request.path}?${request.rawQuery}`,
        headers: [
          "host",
          request.host,
          ...request.headers.filter(([name]) => !hopByHop.has(name)).flat(),
          "content-length",
          String(request.body.byteLength),
        ],
        signal: call.signal,
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("error", failed);
        incoming.on("end", () => {
          const headers: [string, string][] = [];
          for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
            const name = (incoming.rawHeaders[index] ?? "").toLowerCase();
            if (!hopByHop.has(name)) headers.push([name, incoming.rawHeaders[index + 1] ?? ""]);
          }
          const status = incoming.statusCode ?? 502;
          call.status(status);
          resolve({ status, headers, body: Buffer.concat(chunks) });
        });
      },
    );
    function failed(error: Error): void {
      reject(
        new AwsError("BadGateway", `${request.protocol}://${request.host} cannot be reached: ${error.message}.`, {
          status: 502,
          cause: error,
        }),
      );
    }
    outgoing.on("error", failed);
    outgoing.end(request.body);
  });
}
