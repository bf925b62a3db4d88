// API → function and API → function → table over HTTP, beside a bare Node server that does the least such a runtime must do.
import path from "node:path";
import { type LoadResult, load, start, startContrail } from "./measure.ts";
import type { Row } from "./row.ts";

const project = path.join(import.meta.dirname, "project");
const connections = 10;
const seconds = 4;

export async function requestRows(): Promise<Row[]> {
  const bare = await start(["--no-warnings", path.join(import.meta.dirname, "bareServer.ts")]);
  const limit = await load(Number(bare.ready["port"]), connections, seconds, { host: "127.0.0.1", method: "GET", path: "/answer" });
  await bare.stop();

  const traced = await measureContrail([]);
  const untraced = await measureContrail(["--no-trace"]);
  const cost = 1 - traced.answer.perSecond / untraced.answer.perSecond;
  return [
    ...rate("API → function", traced.answer, limit, "≥ 0.5"),
    ...rate("API → function → table (SDK in the handler)", traced.read, limit, "≥ 0.25"),
    { name: "Cost of tracing, API → function", value: cost * 100, unit: "%", limit: null, ratio: null, aim: "< 15 %" },
  ];
}

async function measureContrail(options: readonly string[]): Promise<{ answer: LoadResult; read: LoadResult }> {
  const contrail = await startContrail([project, ...options]);
  const port = Number(contrail.endpoint.port);
  try {
    const host = await apiHost(contrail.endpoint);
    const answer = await load(port, connections, seconds, { host, method: "GET", path: "/answer" });
    const read = await load(port, connections, seconds, { host, method: "GET", path: "/items/1" });
    for (const [name, result] of Object.entries({ answer, read })) if (result.failures > 0) throw new Error(`${name}: ${result.failures} requests failed under load.`);
    return { answer, read };
  } finally {
    await contrail.stop();
  }
}

async function apiHost(endpoint: URL): Promise<string> {
  const answer = await fetch(new URL("/v2/apis", endpoint), { headers: { authorization: "AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/apigateway/aws4_request, SignedHeaders=host, Signature=0" } });
  const { items } = (await answer.json()) as { items: readonly { apiId: string }[] };
  return `${items[0]?.apiId}.execute-api.localhost:${endpoint.port}`;
}

function rate(name: string, result: LoadResult, limit: LoadResult, aim: string): Row[] {
  return [
    { name, value: result.perSecond, unit: "requests/s", limit: limit.perSecond, ratio: result.perSecond / limit.perSecond, aim },
    { name: `${name}, p50`, value: result.p50, unit: "ms", limit: limit.p50, ratio: limit.p50 / result.p50 },
    { name: `${name}, p99`, value: result.p99, unit: "ms", limit: limit.p99, ratio: limit.p99 / result.p99 },
  ];
}
