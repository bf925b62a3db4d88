// A load in a process of its own: raw keep-alive connections, each sending its next request when the answer is complete.
// Usage: load.ts PORT CONNECTIONS SECONDS WARM-UP-SECONDS, and the request as JSON {host, method, path, body} on stdin. Prints JSON.
import { connect } from "node:net";
import { text } from "node:stream/consumers";

interface Request {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const [port, connections, seconds, warmUpSeconds] = process.argv.slice(2).map(Number);
const request = JSON.parse(await text(process.stdin)) as Request;
const message = Buffer.from(
  [
    `${request.method} ${request.path} HTTP/1.1`,
    `Host: ${request.host}`,
    ...Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(request.body)}`,
    "",
    request.body,
  ].join("\r\n"),
);
const latencies: number[] = [];
let failures = 0;
let isMeasuring = false;
let isDone = false;

await Promise.all([
  ...Array.from({ length: connections ?? 1 }, () => run()),
  // first environments, connections and the JIT warm up
  after((warmUpSeconds ?? 1) * 1000)
    .then(() => (isMeasuring = true))
    .then(() => after((seconds ?? 3) * 1000))
    .then(() => (isDone = true)),
]);
latencies.sort((a, b) => a - b);
const at = (share: number): number => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? Number.NaN;
console.log(JSON.stringify({ perSecond: latencies.length / (seconds ?? 3), p50: at(0.5), p99: at(0.99), failures }));
process.exit(0);

function after(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function run(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port ?? 0, "127.0.0.1");
    socket.setNoDelay(true);
    let began = 0;
    let buffered = Buffer.alloc(0);
    const send = (): void => {
      began = performance.now();
      socket.write(message);
    };
    socket.on("connect", send);
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
      const headEnd = buffered.indexOf("\r\n\r\n");
      if (headEnd < 0) return;
      const head = buffered.toString("latin1", 0, headEnd);
      const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
      if (length === undefined) {
        // chunked: the answer ends with its empty chunk
        if (!buffered.subarray(-5).equals(Buffer.from("0\r\n\r\n"))) return;
      } else if (buffered.length < headEnd + 4 + Number(length)) return;
      if (isMeasuring) {
        latencies.push(performance.now() - began);
        if (!head.startsWith("HTTP/1.1 2")) failures++;
      }
      buffered = Buffer.alloc(0);
      if (isDone) {
        socket.destroy();
        resolve();
      } else send();
    });
  });
}
