// Item operations over HTTP at ten connections, traced and durable, beside a bare Node server before the same SQLite.
import path from "node:path";
import { load, type LoadRequest, type LoadTime, start, startContrail } from "./measure.ts";
import type { Row } from "./row.ts";

const connections = 10;
const rounds = 5;
const warmUp: LoadTime = { seconds: 0.3, warmUpSeconds: 1 };
const turn: LoadTime = { seconds: 1, warmUpSeconds: 0.2 };
const text = "x".repeat(900);

const item = (number: number): Record<string, unknown> => ({
  pk: { S: `customer-${Math.floor(number / 20)}` },
  sk: { N: String(number % 20) },
  text: { S: text },
  total: { N: "12.5" },
});
const puts = (count: number): Record<string, unknown>[] => Array.from({ length: count }, (_, number) => item(number));

const requests: readonly (readonly [name: string, operation: string, body: unknown])[] = [
  ["PutItem, 1 KB", "PutItem", { TableName: "bench", Item: item(0) }],
  ["GetItem, 1 KB", "GetItem", { TableName: "bench", Key: { pk: { S: "customer-0" }, sk: { N: "0" } } }],
  [
    "Query of 20, 1 KB each",
    "Query",
    { TableName: "bench", KeyConditionExpression: "pk = :p", ExpressionAttributeValues: { ":p": { S: "customer-0" } } },
  ],
  ["BatchWriteItem of 25", "BatchWriteItem", { RequestItems: { bench: puts(25).map((Item) => ({ PutRequest: { Item } })) } }],
  ["TransactWriteItems of 4", "TransactWriteItems", { TransactItems: puts(4).map((Item) => ({ Put: { TableName: "bench", Item } })) }],
];

export async function dynamodbWireRows(): Promise<Row[]> {
  const bare = await start(["--no-warnings", path.join(import.meta.dirname, "bareTable.ts")]);
  const contrail = await startContrail(["--empty"]);
  try {
    const ports = { limit: Number(bare.ready["port"]), contrail: Number(contrail.endpoint.port) };
    await send(ports.contrail, "CreateTable", {
      TableName: "bench",
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [
        { AttributeName: "pk", AttributeType: "S" },
        { AttributeName: "sk", AttributeType: "N" },
      ],
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
    });
    for (const port of Object.values(ports)) for (const Item of puts(40)) await send(port, "PutItem", { TableName: "bench", Item });
    const rows: Row[] = [];
    for (const [name, operation, body] of requests) rows.push(await race(name, ports, requestOf(operation, body)));
    return rows;
  } finally {
    await Promise.all([bare.stop(), contrail.stop()]);
  }
}

async function race(name: string, ports: { readonly limit: number; readonly contrail: number }, request: LoadRequest): Promise<Row> {
  const measure = async (port: number, time: LoadTime): Promise<number> => {
    const { perSecond, failures } = await load(port, connections, time, request);
    if (failures > 0) throw new Error(`${name}: ${failures} requests failed under load.`);
    return perSecond;
  };
  for (const port of [ports.limit, ports.contrail]) await measure(port, warmUp);
  const turns: { readonly limit: number; readonly value: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const [limit, value] = [await measure(ports.limit, turn), await measure(ports.contrail, turn)];
    turns.push({ limit, value });
  }
  const median = (values: readonly number[]): number =>
    values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
  return {
    name: `${name}, over HTTP`,
    value: median(turns.map(({ value }) => value)),
    unit: "requests/s",
    limit: median(turns.map(({ limit }) => limit)),
    // turns of one round lie closest together in time
    ratio: median(turns.map(({ value, limit }) => value / limit)),
    aim: "≥ 0.5",
  };
}

const authorization = "AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0";

function requestOf(operation: string, body: unknown): LoadRequest {
  return {
    host: "127.0.0.1",
    method: "POST",
    path: "/",
    headers: { "x-amz-target": `DynamoDB_20120810.${operation}`, "content-type": "application/x-amz-json-1.0", authorization },
    body: JSON.stringify(body),
  };
}

async function send(port: number, operation: string, body: unknown): Promise<void> {
  const { headers = {}, body: sent = "" } = requestOf(operation, body);
  const answer = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", headers, body: sent });
  if (!answer.ok) throw new Error(`${operation} failed: ${await answer.text()}`);
}
