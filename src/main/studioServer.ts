import { timingSafeEqual } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import { type StudioCall, StudioError, studioInputs } from "../model/studioApi.ts";
import { AwsError } from "../runtime/index.ts";
import type { CallContext, CallHandlers } from "./calls/calls.ts";
import { projectCalls } from "./calls/projectCalls.ts";
import { runCalls } from "./calls/runCalls.ts";
import { socketCalls } from "./calls/socketCalls.ts";
import type { StudioSession } from "./session.ts";
import { said, words, wordsOf, type Words } from "../model/words.ts";

export interface Shell {
  readonly kind: "electron" | "browser";
  readonly version: string;
}

export interface StudioServerOptions {
  readonly session: StudioSession;
  readonly shell: Shell;
  /** 0: any free one. */
  readonly port: number;
  /** Folder of the built renderer. */
  readonly rendererDirectory: string;
  /** Opens the API; part of the printed URL, never logged elsewhere. */
  readonly token: string;
}

export interface StudioServer {
  readonly port: number;
  /** With the token: for the browser's address bar. */
  readonly url: string;
  close(): Promise<void>;
}

const handlers: CallHandlers<StudioCall> = { ...projectCalls, ...runCalls, ...socketCalls };
const maxMessageBytes = 16 * 1024 * 1024;
/** A window that does not read is dropped rather than letting memory grow. */
const maxBufferedBytes = 64 * 1024 * 1024;

/**
 * Serves the renderer and the Studio API on loopback. Three locks: the Host header must name this server (a page of
 * another site cannot rebind a name to it), the Origin must be our own page, and the socket needs the token.
 */
export async function startStudioServer(options: StudioServerOptions): Promise<StudioServer> {
  const server = createServer((request, response) => {
    void serveFile(request, response, options.rendererDirectory, port()).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  const port = () => (server.address() as AddressInfo).port;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false });
  const context: CallContext = { session: options.session, shell: options.shell };

  server.on("upgrade", (request, socket, head) => {
    const url = new URL(request.url ?? "/", "http://studio");
    if (
      !isOurHost(request, port()) ||
      !isOurOrigin(request, port()) ||
      url.pathname !== "/studio" ||
      !isToken(url.searchParams.get("token"), options.token)
    ) {
      socket.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => serveClient(client, context));
  });

  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(
        error.code === "EADDRINUSE"
          ? new Error(`Port ${options.port} is in use by another program. Choose another for the Studio, or 0 for any free one.`)
          : error,
      );
    });
    server.listen(options.port, "127.0.0.1", resolve);
  });
  return {
    port: port(),
    url: `http://127.0.0.1:${port()}/?token=${options.token}`,
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const callMessage = z.object({ id: z.number(), call: z.string(), input: z.unknown() });

function serveClient(client: WebSocket, context: CallContext): void {
  const send = (message: unknown): void => {
    if (client.readyState !== client.OPEN) return;
    if (client.bufferedAmount > maxBufferedBytes) client.terminate();
    else client.send(JSON.stringify(message));
  };
  const stopListening = context.session.onEvent((event, data) => send({ event, data }));
  client.on("close", stopListening);
  client.on("error", () => client.terminate());
  client.on("message", (data) => {
    void answer(String(data), context).then(send);
  });
}

async function answer(text: string, context: CallContext): Promise<unknown> {
  let id: number | null = null;
  try {
    const message = callMessage.parse(JSON.parse(text));
    id = message.id;
    if (!isCall(message.call))
      throw new StudioError("unknown-call", words("The Studio server knows no call {{call}}.", { call: message.call }));
    return { id, output: await dispatch(message.call, message.input, context) };
  } catch (error) {
    return { id, error: describe(error) };
  }
}

async function dispatch<C extends StudioCall>(call: C, input: unknown, context: CallContext): Promise<unknown> {
  const parsed = studioInputs[call].parse(input ?? {});
  // the schema and the handler of one name belong together, which a union of calls cannot express
  const handler = handlers[call] as (input: unknown, context: CallContext) => unknown;
  return await handler(parsed, context);
}

function isCall(name: string): name is StudioCall {
  return Object.hasOwn(studioInputs, name);
}

function describe(error: unknown): { code: string; message: string; words?: Words } {
  if (error instanceof StudioError) return { code: error.code, ...said(error.words) };
  if (error instanceof AwsError) return { code: error.code, message: error.message };
  if (error instanceof z.ZodError) return { code: "bad-input", message: z.prettifyError(error) };
  if (error instanceof SyntaxError) return { code: "bad-input", message: error.message };
  return { code: "failed", ...said(wordsOf(error)) };
}

function isToken(given: string | null, token: string): boolean {
  const a = Buffer.from(given ?? "");
  const b = Buffer.from(token);
  return a.length === b.length && timingSafeEqual(a, b);
}

function isOurHost(request: IncomingMessage, port: number): boolean {
  return request.headers.host === `127.0.0.1:${port}` || request.headers.host === `localhost:${port}`;
}

/** Pages send their origin with every socket; programs without one hold the token, which is proof enough. */
function isOurOrigin(request: IncomingMessage, port: number): boolean {
  const origin = request.headers.origin;
  return origin === undefined || origin === `http://127.0.0.1:${port}` || origin === `http://localhost:${port}`;
}

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".ttf": "font/ttf",
  ".wasm": "application/wasm",
};

async function serveFile(request: IncomingMessage, response: ServerResponse, directory: string, port: number): Promise<void> {
  if (!isOurHost(request, port)) return refuse(response, 403, "This address is not the Studio's.");
  if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405, "Only GET.");
  const { pathname } = new URL(request.url ?? "/", "http://studio");
  let name: string;
  try {
    name = decodeURIComponent(pathname);
  } catch {
    return refuse(response, 400, "The address is not well formed.");
  }
  const file = path.resolve(directory, `.${name === "/" ? "/index.html" : name}`);
  if (name.includes("\0") || !file.startsWith(directory + path.sep)) return refuse(response, 404, "Not found.");
  const found = await stat(file).catch(() => null);
  if (found?.isFile() !== true) return refuse(response, 404, "Not found.");
  response.writeHead(200, {
    "content-type": contentTypes[path.extname(file)] ?? "application/octet-stream",
    "content-length": found.size,
    // hashed names never change; the page itself must be asked for anew
    "cache-control": name.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-store",
    ...securityHeaders(port),
  });
  if (request.method === "HEAD") response.end();
  else
    createReadStream(file)
      .on("error", () => response.destroy())
      .pipe(response);
}

function securityHeaders(port: number): Record<string, string> {
  return {
    "content-security-policy": [
      "default-src 'none'",
      "script-src 'self'",
      // Monaco and React Flow place elements with inline styles
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "font-src 'self' data:",
      `connect-src 'self' ws://127.0.0.1:${port} ws://localhost:${port}`,
      "worker-src 'self' blob:",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join("; "),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
  };
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end(message);
}
