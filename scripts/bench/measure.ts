// Starts what is measured and the load beside it; ends both.
import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";

const root = path.resolve(import.meta.dirname, "../..");

export interface LoadResult {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly failures: number;
}

export interface LoadRequest {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface LoadTime {
  readonly seconds: number;
  readonly warmUpSeconds: number;
}

export function load(port: number, connections: number, { seconds, warmUpSeconds }: LoadTime, request: LoadRequest): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ["--no-warnings", path.join(root, "scripts/bench/load.ts"), ...[port, connections, seconds, warmUpSeconds].map(String)],
      { stdio: ["pipe", "pipe", "inherit"] },
    );
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.on("exit", (code) =>
      code === 0 ? resolve(JSON.parse(output) as LoadResult) : reject(new Error(`The load ended with code ${code}.`)),
    );
    child.stdin.end(JSON.stringify({ headers: {}, body: "", ...request }));
  });
}

export interface Started {
  readonly child: ChildProcess;
  /** The JSON line it printed when ready. */
  readonly ready: Record<string, unknown>;
  /** From spawn to that line. */
  readonly milliseconds: number;
  stop(): Promise<void>;
}

/** Starts a Node program that prints one line of JSON when it is ready. */
export function start(args: readonly string[]): Promise<Started> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${args.join(" ")} ended with code ${code} before it was ready.`)));
    createInterface({ input: child.stdout }).once("line", (line) => {
      const milliseconds = performance.now() - began;
      const stop = (): Promise<void> =>
        new Promise((done) => {
          child.once("exit", () => done());
          child.kill("SIGTERM");
        });
      resolve({ child, ready: JSON.parse(line) as Record<string, unknown>, milliseconds, stop });
    });
  });
}

export function startContrail(args: readonly string[]): Promise<Started & { endpoint: URL }> {
  return start(["--no-warnings", "out/main/cli.js", "run", ...args, "--json"]).then((started) => ({
    ...started,
    endpoint: new URL(String(started.ready["endpoint"])),
  }));
}

/** Host of the project's API, from the runtime itself. */
export async function apiHost(endpoint: URL): Promise<string> {
  const authorization = "AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/apigateway/aws4_request, SignedHeaders=host, Signature=0";
  const answer = await fetch(new URL("/v2/apis", endpoint), { headers: { authorization } });
  const { items } = (await answer.json()) as { items: readonly { apiId: string }[] };
  return `${items[0]?.apiId}.execute-api.localhost:${endpoint.port}`;
}
