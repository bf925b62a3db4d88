// HTTP/2 without encryption at the same port: the AWS SDK's Kinesis client speaks nothing else. Each of its requests is handed on
// to this server in HTTP/1.1, so that everything behind the door is the same.
import { request as plainRequest } from "node:http";
import type { Server } from "node:http";
import { constants, createServer } from "node:http2";
import type { IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from "node:http2";
import type { AddressInfo, Socket } from "node:net";

/** What an HTTP/2 client sends first; no HTTP/1.1 request begins so. */
const preface = "PRI * HTTP/2.0";
/** Headers of one connection, which HTTP/2 does not have. */
const connectionHeaders: ReadonlySet<string> = new Set(["connection", "keep-alive", "transfer-encoding", "upgrade", "proxy-connection"]);

/** Looks at the first bytes of each connection. Returns how to end those that the server does not know of. */
export function acceptHttp2(server: Server): () => void {
  const serveOne = server.listeners("connection");
  server.removeAllListeners("connection");
  const silent = new Set<Socket>();
  const sessions = new Set<ServerHttp2Session>();
  const second = createServer();
  second.on("session", (session) => {
    sessions.add(session);
    session.on("close", () => sessions.delete(session));
    session.on("error", () => session.destroy());
  });
  second.on("stream", (stream, headers) => handOn(stream, headers, server));
  server.on("connection", (socket: Socket) => {
    silent.add(socket);
    const forget = (): void => void silent.delete(socket);
    socket.once("close", forget);
    socket.on("error", destroyOf(socket));
    socket.once("readable", () => {
      forget();
      socket.off("close", forget);
      const first: unknown = socket.read();
      if (!(first instanceof Buffer)) return void socket.destroy();
      socket.unshift(first);
      if (first.subarray(0, preface.length).toString("latin1") === preface) second.emit("connection", socket);
      else for (const serve of serveOne) serve.call(server, socket);
    });
  });
  return () => {
    for (const socket of silent) socket.destroy();
    for (const session of sessions) session.destroy();
  };
}

function handOn(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, server: Server): void {
  stream.on("error", () => stream.close(constants.NGHTTP2_INTERNAL_ERROR));
  const given = Object.entries(headers).filter(([name]) => !name.startsWith(":") && !connectionHeaders.has(name));
  const outgoing = plainRequest({
    host: "127.0.0.1",
    port: (server.address() as AddressInfo).port,
    method: headers[":method"],
    path: headers[":path"],
    headers: { ...Object.fromEntries(given), host: headers[":authority"] ?? headers.host },
  });
  outgoing.on("response", (answer) => {
    if (stream.destroyed) return void answer.destroy();
    const kept = Object.entries(answer.headers).filter(([name]) => !connectionHeaders.has(name));
    stream.respond({ ...Object.fromEntries(kept), ":status": answer.statusCode });
    answer.pipe(stream);
    answer.on("error", () => stream.close(constants.NGHTTP2_INTERNAL_ERROR));
  });
  outgoing.on("error", () => stream.close(constants.NGHTTP2_INTERNAL_ERROR));
  stream.on("close", () => outgoing.destroy());
  stream.pipe(outgoing);
}

function destroyOf(socket: Socket): () => void {
  return () => socket.destroy();
}
