// The limit: a bare Node HTTP server that hands each request to a child process over a length-prefixed pipe and answers
// with what comes back. What any runtime of functions in processes must do at least, and nothing else.
import { type ChildProcess, spawn } from "node:child_process";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, Socket } from "node:net";

if (process.argv[2] === "child") runChild();
else runServer();

function runServer(): void {
  const children = Array.from({ length: 2 }, () => spawn(process.execPath, [import.meta.filename, "child"], { stdio: ["ignore", "inherit", "inherit", "pipe"] }));
  const waiting = new Map<number, ServerResponse>();
  let sequence = 0;
  for (const child of children) {
    pipe(child).on("data", frames((text) => {
      const { id, result } = JSON.parse(text) as { id: number; result: { statusCode: number; body: string } };
      const response = waiting.get(id);
      waiting.delete(id);
      response?.writeHead(result.statusCode, { "content-type": "application/json", "content-length": Buffer.byteLength(result.body) });
      response?.end(result.body);
    }));
  }
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      const id = ++sequence;
      waiting.set(id, response);
      const child = children[id % children.length];
      if (child !== undefined) write(pipe(child), JSON.stringify({ id, event: { method: request.method, path: request.url, headers: request.headers, body } }));
    });
  });
  server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ ready: true, port: (server.address() as AddressInfo).port })));
  process.on("SIGTERM", () => {
    for (const child of children) child.kill();
    process.exit(0);
  });
}

function runChild(): void {
  const socket = new Socket({ fd: 3 });
  socket.on("data", frames((text) => {
    const { id, event } = JSON.parse(text) as { id: number; event: { path: string } };
    write(socket, JSON.stringify({ id, result: { statusCode: 200, body: JSON.stringify({ path: event.path }) } }));
  }));
  socket.on("close", () => process.exit(0));
}

function pipe(child: ChildProcess): Socket {
  return child.stdio[3] as Socket;
}

function write(socket: Socket, text: string): void {
  const frame = Buffer.allocUnsafe(4 + Buffer.byteLength(text));
  frame.writeUInt32LE(frame.length - 4, 0);
  frame.write(text, 4);
  socket.write(frame);
}

function frames(onFrame: (text: string) => void): (chunk: Buffer) => void {
  let buffered: Buffer = Buffer.alloc(0);
  return (chunk) => {
    buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
    while (buffered.length >= 4) {
      const length = buffered.readUInt32LE(0);
      if (buffered.length < 4 + length) return;
      onFrame(buffered.toString("utf8", 4, 4 + length));
      buffered = buffered.subarray(4 + length);
    }
  };
}
