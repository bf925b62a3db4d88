import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { eventually } from "./eventually.ts";

/** A client of a WebSocket API that remembers what it heard. */
export async function connectSocket(url: string, protocols: string[] = []) {
  const socket = new WebSocket(url, protocols);
  onTestFinished(() => socket.terminate());
  const heard: unknown[] = [];
  let closed: { code: number; reason: string } | null = null;
  socket.on("message", (data: Buffer) => heard.push(JSON.parse(data.toString("utf8"))));
  socket.on("close", (code, reason) => (closed = { code, reason: reason.toString("utf8") }));
  const status = await new Promise<number>((resolve, reject) => {
    socket.on("open", () => resolve(101));
    socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
    socket.on("error", reject);
  });
  return {
    socket,
    status,
    heard,
    say: (message: unknown) => socket.send(typeof message === "string" ? message : JSON.stringify(message)),
    hears: (...messages: unknown[]) =>
      eventually(() => {
        if (JSON.stringify(heard) !== JSON.stringify(messages)) throw new Error(`Heard ${JSON.stringify(heard)}`);
      }),
    closes: () =>
      eventually(() => {
        if (closed === null) throw new Error("still open");
        return closed;
      }),
  };
}
