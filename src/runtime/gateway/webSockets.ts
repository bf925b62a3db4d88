import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import type { HttpResponse } from "../../model/http.ts";
import type { TakenSocket } from "../kernel/service.ts";
import { refuseSocket } from "./bareRefusals.ts";

export interface WebSockets {
  /** Shakes hands once the plane has said whether it takes the socket. */
  take(message: IncomingMessage, socket: Duplex, head: Buffer, asked: Promise<TakenSocket | HttpResponse>): Promise<void>;
  close(): void;
}

/** WebSockets as they come over the wire; what they mean is the data planes' business. */
export function webSockets(maxMessageBytes: number): WebSockets {
  const open = new Set<WebSocket>();
  return {
    async take(message, socket, head, asked) {
      const onError = (): void => void socket.destroy();
      socket.on("error", onError);
      const taken = await asked;
      if ("status" in taken) return refuseSocket(socket, taken);
      const { protocol } = taken;
      const server = new WebSocketServer({
        noServer: true,
        maxPayload: maxMessageBytes,
        perMessageDeflate: false,
        handleProtocols: () => protocol ?? false,
      });
      socket.off("error", onError);
      server.handleUpgrade(message, socket, head, (webSocket) => {
        open.add(webSocket);
        const listener = taken.opened({
          send: (text) => webSocket.send(text),
          close: (code, reason) => webSocket.close(code, reason),
        });
        webSocket.on("message", (data: RawData, isBinary: boolean) => listener.message(bytesOf(data), isBinary));
        webSocket.on("close", (code: number, reason: Buffer) => {
          open.delete(webSocket);
          listener.closed(code, reason.toString("utf8"));
        });
        // an error is followed by the close, which is told
        webSocket.on("error", () => {});
      });
    },
    close() {
      for (const webSocket of open) webSocket.terminate();
    },
  };
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
