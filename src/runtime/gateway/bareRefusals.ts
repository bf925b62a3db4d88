import { STATUS_CODES, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { hostName } from "../../model/hosts.ts";
import type { HttpResponse } from "../../model/http.ts";

/** Answers on a bare socket, where HTTP has not begun or ends: malformed requests and upgrades. */

export function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const status = error.code === "HPE_HEADER_OVERFLOW" ? "431 Request Header Fields Too Large" : "400 Bad Request";
  refuse(socket, status, `${status.slice(4)}: ${error.message}`);
}

/** What no service takes. */
export function refuseUpgrade(message: IncomingMessage, socket: Duplex): void {
  socket.on("error", () => socket.destroy());
  const host = hostName(message.headers.host ?? "localhost");
  refuse(socket, "403 Forbidden", `No WebSocket API answers at ${host}.`);
}

/** A service's own refusal of a WebSocket. */
export function refuseSocket(socket: Duplex, { status, body }: HttpResponse): void {
  end(socket, `${status} ${STATUS_CODES[status] ?? ""}`, Buffer.from(body).toString("utf8"));
}

function refuse(socket: Duplex, status: string, message: string): void {
  end(socket, status, JSON.stringify({ message }));
}

function end(socket: Duplex, status: string, body: string): void {
  const head = ["content-type: application/json", `content-length: ${Buffer.byteLength(body)}`, "connection: close"];
  socket.end(`HTTP/1.1 ${status}\r\n${head.join("\r\n")}\r\n\r\n${body}`);
}
