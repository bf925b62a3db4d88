// Connections of a person in the Studio to the project's WebSocket APIs, over the network as any client's.
import { randomUUID } from "node:crypto";
import { WebSocket } from "ws";
import { StudioError, type SocketChange } from "../model/studioApi.ts";
import { words } from "../model/words.ts";

export interface ClientSockets {
  /** `url` as the runtime gives it, `rest`: what follows its stage, such as `?name=Ada`. Answers once the API has let it in. */
  connect(url: string, rest: string): Promise<string>;
  send(id: string, text: string): void;
  close(id: string): void;
}

export function createClientSockets(tell: (change: SocketChange) => void): ClientSockets {
  const open = new Map<string, WebSocket>();
  const socketOf = (id: string): WebSocket => {
    const socket = open.get(id);
    if (socket === undefined) throw new StudioError("not-connected", words("This connection has ended. Connect again."));
    return socket;
  };
  return {
    connect: (url, rest) => {
      const { host, port, pathname } = new URL(url);
      // behind the port comes a path or a query, else `@host` would lead away from this machine
      const path = `${pathname.replace(/\/$/, "")}${/^[/?]|^$/.test(rest) ? "" : "/"}${rest}`;
      // names below localhost are not known on every machine, so the address is and the name goes along
      const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers: { host } });
      const id = randomUUID();
      socket.on("message", (data, isBinary) =>
        tell({ id, type: "message", at: Date.now(), text: textOf(data).toString(isBinary ? "base64" : "utf8") }),
      );
      return new Promise((resolve, reject) => {
        socket.on("unexpected-response", (_request, response) => {
          reject(
            new StudioError(
              "refused",
              words("The API refused the connection with {{status}}: its $connect route decides who comes in.", {
                status: response.statusCode ?? 0,
              }),
            ),
          );
          socket.terminate();
        });
        socket.on("error", reject);
        socket.on("open", () => {
          open.set(id, socket);
          resolve(id);
        });
        socket.on("close", (code, reason) => {
          if (open.delete(id)) tell({ id, type: "closed", at: Date.now(), code, reason: reason.toString("utf8") });
        });
      });
    },
    send: (id, text) => socketOf(id).send(text),
    close: (id) => socketOf(id).close(1000),
  };
}

function textOf(data: WebSocket.RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
