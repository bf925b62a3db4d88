// From process start to the ready line, and memory at rest, beside a bare Node HTTP server.
import { readFileSync } from "node:fs";
import path from "node:path";
import { apiHost, load, start, startContrail } from "./measure.ts";
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
  if (process.platform === "linux") {
    const { runtime, all } = await idleMegabytes();
    rows.push(
      { name: "Idle memory, one function warm", value: runtime, unit: "MB", limit: null, ratio: null, aim: "< 120 MB" },
      { name: "Idle memory with the function's and the spare process", value: all, unit: "MB", limit: null, ratio: null },
    );
  }
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

/** Memory after a function has answered: of the runtime's process, and with the function's own and the spare one. */
async function idleMegabytes(): Promise<{ runtime: number; all: number }> {
  const contrail = await startContrail([project]);
  try {
    const warm = await load(
      Number(contrail.endpoint.port),
      1,
      { seconds: 0.2, warmUpSeconds: 0 },
      { host: await apiHost(contrail.endpoint), method: "GET", path: "/answer" },
    );
    if (warm.failures > 0) throw new Error("The function that was to be warm did not answer.");
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const { pid } = contrail.child;
    const below = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").map(Number);
    const megabytes = [Number(pid), ...below].map(privateMegabytes);
    return { runtime: megabytes[0] ?? Number.NaN, all: megabytes.reduce((sum, one) => sum + one, 0) };
  } finally {
    await contrail.stop();
  }
}

/** Resident memory, what is shared with others counted in part. */
function privateMegabytes(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1]) / 1024;
}
