import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { BatchWriteCommand, DynamoDBDocumentClient, PutCommand, ScanCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { expect, onTestFinished, test } from "vitest";
import { dynamodbService } from "../../../src/runtime/services/dynamodb/service.ts";
import { sqsService } from "../../../src/runtime/services/sqs/service.ts";
import { clientOptions, runtimeWith, temporaryFolder } from "../../support/runtime.ts";
import { streamsOf } from "./streamsRuntime.ts";

const kills = 3;

/** A runtime in a process of its own, killed in the middle of writes once so many were acknowledged. Returns their ids. */
async function writeUntilKilled(dataDirectory: string, round: number): Promise<Set<string>> {
  const child = spawn(process.execPath, ["--no-warnings", fileURLToPath(new URL("./runtimeProcess.ts", import.meta.url)), dataDirectory], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "exit");
  const [endpoint] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const client = new DynamoDBClient({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  const documents = DynamoDBDocumentClient.from(client);
  if (round === 0) {
    await client.send(
      new CreateTableCommand({
        TableName: "orders",
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
      }),
    );
  }
  const acknowledged = new Set<string>();
  let next = 0;
  const write = async (): Promise<void> => {
    for (;;) {
      const name = `${round}-${next++}`;
      const ids = ["left", "right"].map((side) => `${side}-${name}`);
      try {
        await documents.send(new PutCommand({ TableName: "orders", Item: { id: name } }));
        acknowledged.add(name);
        await documents.send(
          new TransactWriteCommand({ TransactItems: ids.map((id) => ({ Put: { TableName: "orders", Item: { id } } })) }),
        );
        for (const id of ids) acknowledged.add(id);
        await documents.send(new BatchWriteCommand({ RequestItems: { orders: [{ DeleteRequest: { Key: { id: `left-${name}` } } }] } }));
        acknowledged.delete(`left-${name}`);
      } catch {
        return;
      }
      if (acknowledged.size >= 60) child.kill("SIGKILL");
    }
  };
  await Promise.all(Array.from({ length: 8 }, write));
  await ended;
  client.destroy();
  return acknowledged;
}

test("a runtime that is killed in the middle of writes leaves exactly one record for each change that lasts", async () => {
  const dataDirectory = temporaryFolder();
  const acknowledged = new Set<string>();
  for (let round = 0; round < kills; round++) for (const id of await writeUntilKilled(dataDirectory, round)) acknowledged.add(id);

  const runtime = await runtimeWith([dynamodbService, sqsService], { dataDirectory });
  const client = new DynamoDBClient(clientOptions(runtime));
  const { Items = [] } = await DynamoDBDocumentClient.from(client).send(new ScanCommand({ TableName: "orders" }));
  client.destroy();
  const there = new Set(Items.map((item) => String(item["id"])));
  const records = await (await streamsOf(runtime, "orders")).all();

  // what the records tell, one after the other, is what is in the table
  const told = new Set<string>();
  for (const { eventName, dynamodb } of records) {
    const { S: id } = dynamodb.Keys["id"] as { S: string };
    expect([eventName, told.has(id)]).toEqual(eventName === "INSERT" ? ["INSERT", false] : ["REMOVE", true]);
    if (eventName === "INSERT") told.add(id);
    else told.delete(id);
  }
  expect([...told].toSorted()).toEqual([...there].toSorted());
  // deleted without that having been acknowledged, but a transaction's other half is there
  const lost = [...acknowledged].filter((id) => !there.has(id));
  expect(lost.filter((id) => !id.startsWith("left-") || !there.has(id.replace("left", "right")))).toEqual([]);
  expect(records.length).toBeGreaterThan(kills * 60);
});
