import { UpdateTimeToLiveCommand } from "@aws-sdk/client-dynamodb";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { dynamodbService } from "../../../src/runtime/services/dynamodb/service.ts";
import { eventually } from "../../support/eventually.ts";
import { clientOptions, runtimeWith, temporaryFolder } from "../../support/runtime.ts";
import { tableWithStream } from "./streamsRuntime.ts";

const hour = 3_600_000;

async function expiring() {
  const all = await tableWithStream();
  const { client, documents, runtime } = all;
  const inHours = (hours: number) => Math.floor(runtime.clock.state().now / 1000) + hours * 3_600;
  const expire = (isOn: boolean) =>
    client.send(new UpdateTimeToLiveCommand({ TableName: "orders", TimeToLiveSpecification: { AttributeName: "endsAt", Enabled: isOn } }));
  const put = (id: string, endsAt?: unknown) =>
    documents.send(new PutCommand({ TableName: "orders", Item: { id, ...(endsAt !== undefined && { endsAt }) } }));
  const ids = async () => {
    const { Items = [] } = await documents.send(new ScanCommand({ TableName: "orders" }));
    return Items.map((item) => String(item["id"])).toSorted();
  };
  return { ...all, inHours, expire, put, ids };
}

test("items go when the clock passes their time, each as DynamoDB's own deletion in the stream", async () => {
  const { runtime, streams, inHours, expire, put, ids } = await expiring();
  await put("before it was switched on", inHours(1));
  await expire(true);
  await put("two hours", inHours(2));
  await put("long", inHours(100));
  await put("never");
  await put("text", String(inHours(1)));
  await put("long ago", inHours(-24 * 366 * 6));

  await runtime.clock.advance(hour + 1_000);
  await eventually(async () => expect(await ids()).toEqual(["long", "long ago", "never", "text", "two hours"]));
  await runtime.clock.advance(hour);
  await eventually(async () => expect(await ids()).toEqual(["long", "long ago", "never", "text"]));

  const removed = (await streams.all()).filter((record) => record.eventName === "REMOVE");
  expect(removed).toMatchObject([
    { dynamodb: { Keys: { id: { S: "before it was switched on" } } } },
    { dynamodb: { Keys: { id: { S: "two hours" } }, OldImage: { id: { S: "two hours" } } } },
  ]);
  for (const record of removed) expect(record.userIdentity).toEqual({ PrincipalId: "dynamodb.amazonaws.com", Type: "Service" });

  await runtime.traces.flush();
  const sweep = runtime.traces.list({ limit: 10_000 }).find((trace) => trace.title === "TimeToLive");
  const [span] = runtime.traces.get(sweep?.traceId ?? "");
  expect(span).toMatchObject({ kind: "timer", target: { service: "dynamodb", name: "orders" }, effectCount: 1 });
});

test("an item that got more time, or whose table's expiry was switched off, stays", async () => {
  const { runtime, documents, inHours, expire, put, ids } = await expiring();
  await expire(true);
  await put("a", inHours(1));
  await put("b", inHours(3));
  await documents.send(
    new UpdateCommand({
      TableName: "orders",
      Key: { id: "a" },
      UpdateExpression: "SET endsAt = :e",
      ExpressionAttributeValues: { ":e": inHours(50) },
    }),
  );
  await runtime.clock.advance(2 * hour);
  expect(await ids()).toEqual(["a", "b"]);
  await expire(false);

  await runtime.clock.advance(100 * hour);

  expect(await ids()).toEqual(["a", "b"]);
  expect(runtime.clock.state().due).toEqual([]);
});

test("what had expired when it was written can be read for a while, and the next expiry is among what is due", async () => {
  const { runtime, inHours, expire, put, ids } = await expiring();
  await expire(true);
  await put("late", inHours(-1));

  expect(await ids()).toEqual(["late"]);
  expect(runtime.clock.state().due).toMatchObject([{ title: "orders: items expire", resource: { name: "orders" } }]);

  await runtime.clock.advance(61_000);
  await eventually(async () => expect(await ids()).toEqual([]));
});

test("items expire after a restart too, many at once", async () => {
  const dataDirectory = temporaryFolder();
  const { runtime, client } = await tableWithStream("KEYS_ONLY", {}, { dataDirectory });
  const documents = DynamoDBDocumentClient.from(client);
  await client.send(
    new UpdateTimeToLiveCommand({ TableName: "orders", TimeToLiveSpecification: { AttributeName: "endsAt", Enabled: true } }),
  );
  const endsAt = Math.floor(runtime.clock.state().now / 1000) + 7_200;
  for (let id = 0; id < 230; id++) await documents.send(new PutCommand({ TableName: "orders", Item: { id: String(id), endsAt } }));
  await runtime.close();

  const again = await runtimeWith([dynamodbService], { dataDirectory });
  const reader = new DynamoDBClient(clientOptions(again));
  const count = async () => (await reader.send(new ScanCommand({ TableName: "orders", Select: "COUNT" }))).Count;
  expect(await count()).toBe(230);
  await again.clock.advance(3 * hour);

  await eventually(async () => expect(await count()).toBe(0));
  reader.destroy();
});
