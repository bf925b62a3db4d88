// From process start to the ready line, and memory at rest, beside a bare Node HTTP server.
import { readFileSync } from "node:fs";
import path from "node:path";
import { start, startContrail } from "./measure.ts";
import type { Row } from "./row.ts";

const bareServer = `import("node:http").then(({ createServer }) => { const server = createServer((_, response) => response.end()); server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ port: server.address().port }))); process.on("SIGTERM", () => process.exit(0)); })`;
const example = path.resolve(import.meta.dirname, "../../resources/examples/orders");
const project = path.join(import.meta.dirname, "project");
const rounds = 5;

export async function startupRows(): Promise<Row[]> {
  const bare = await median(() => start(["-e", bareServer]));
  const empty = await median(() => startContrail(["--empty"]));
  const orders = await median(() => startContrail([example]));
  const rows: Row[] = [
    { name: "run --empty, ready", value: empty, unit: "ms", limit: bare, ratio: bare / empty, aim: "≥ 0.33" },
    { name: "run orders, ready", value: orders, unit: "ms", limit: bare, ratio: bare / orders, aim: "< 1000 ms" },
  ];
  if (process.platform === "linux") rows.push({ name: "Idle memory, one function warm", value: await idleMegabytes(), unit: "MB", limit: null, ratio: null, aim: "< 120 MB" });
  return rows;
}

async function median(begin: () => Promise<{ milliseconds: number; stop(): Promise<void> }>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = await begin();
    times.push(started.milliseconds);
    await started.stop();
  }
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
}

/** Resident memory of the runtime's process after one request, proportional to what it shares with no one. */
async function idleMegabytes(): Promise<number> {
  const contrail = await startContrail([project]);
  try {
    await fetch(`${contrail.endpoint.origin}/2015-03-31/functions/`, { headers: { authorization: "AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0" } });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const status = readFileSync(`/proc/${contrail.child.pid}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+)/m.exec(status)?.[1]) / 1024;
  } finally {
    await contrail.stop();
  }
}
