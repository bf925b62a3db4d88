import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { BatchWriteCommand, DynamoDBDocumentClient, PutCommand, ScanCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { dynamodbService } from "../../../src/runtime/services/dynamodb/service.ts";
import { sqsService } from "../../../src/runtime/services/sqs/service.ts";
import { clientOptions, runtimeWith, temporaryFolder } from "../../support/runtime.ts";
import { prepareRuntime } from "./killableRuntime.ts";
import { streamsOf } from "./streamsRuntime.ts";

const kills = 20;
const writers = 8;
/** Acknowledged writes after which the process is killed: another number in each round, so that it happens at other places. */
const writesIn = (round: number): number => 15 + ((round * 7) % 20);

interface Acknowledged {
  readonly puts: Set<string>;
  /** Names of transactions: each wrote `left-name` and `right-name`. */
  readonly pairs: Set<string>;
  readonly deletions: Set<string>;
}

/** Writes to a runtime until it is killed in the middle of writes. */
async function writeUntilKilled(process: ReturnType<typeof prepareRuntime>, round: number, acknowledged: Acknowledged): Promise<void> {
  const client = new DynamoDBClient(await process.start());
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
  let next = 0;
  let count = 0;
  const done = (): void => {
    if (++count === writesIn(round)) process.kill();
  };
  const write = async (): Promise<void> => {
    for (;;) {
      const name = `${round}-${next++}`;
      try {
        await documents.send(new PutCommand({ TableName: "orders", Item: { id: name } }));
        acknowledged.puts.add(name);
        done();
        await documents.send(
          new TransactWriteCommand({
            TransactItems: ["left", "right"].map((side) => ({ Put: { TableName: "orders", Item: { id: `${side}-${name}` } } })),
          }),
        );
        acknowledged.pairs.add(name);
        done();
        await documents.send(new BatchWriteCommand({ RequestItems: { orders: [{ DeleteRequest: { Key: { id: `left-${name}` } } }] } }));
        acknowledged.deletions.add(`left-${name}`);
        done();
      } catch {
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: writers }, write));
  await process.ended;
  client.destroy();
}

test(`a runtime that is killed ${kills} times in the middle of writes loses nothing acknowledged, halves no transaction and records each change once`, async () => {
  const dataDirectory = temporaryFolder();
  const acknowledged: Acknowledged = { puts: new Set(), pairs: new Set(), deletions: new Set() };
  const compileCache = temporaryFolder();
  let process = prepareRuntime(dataDirectory, compileCache);
  for (let round = 0; round < kills; round++) {
    const next = prepareRuntime(dataDirectory, compileCache);
    await writeUntilKilled(process, round, acknowledged);
    process = next;
  }
  process.kill();

  const runtime = await runtimeWith([dynamodbService, sqsService], { dataDirectory });
  const client = new DynamoDBClient(clientOptions(runtime));
  const { Items = [] } = await DynamoDBDocumentClient.from(client).send(new ScanCommand({ TableName: "orders" }));
  client.destroy();
  const there = new Set(Items.map((item) => String(item["id"])));
  const records = await (await streamsOf(runtime, "orders")).all();

  // What the records tell, one after the other, is what is in the table: none is missing, none is there twice.
  const told = new Set<string>();
  const inserted = new Set<string>();
  for (const { eventName, dynamodb } of records) {
    const { S: id } = dynamodb.Keys["id"] as { S: string };
    expect([eventName, id, told.has(id)]).toEqual([eventName === "INSERT" ? "INSERT" : "REMOVE", id, eventName !== "INSERT"]);
    if (eventName === "INSERT") told.add(id);
    else told.delete(id);
    inserted.add(id);
  }
  expect([...told].toSorted()).toEqual([...there].toSorted());

  expect([...acknowledged.puts].filter((id) => !there.has(id))).toEqual([]);
  expect([...acknowledged.pairs].filter((name) => !inserted.has(`left-${name}`) || !there.has(`right-${name}`))).toEqual([]);
  expect([...acknowledged.deletions].filter((id) => there.has(id))).toEqual([]);
  // Whether it was acknowledged or not, a transaction is there as a whole or not at all.
  const sides = (side: string) => [...inserted].filter((id) => id.startsWith(`${side}-`)).map((id) => id.slice(side.length + 1));
  expect(sides("left").toSorted()).toEqual(sides("right").toSorted());
  // The kills met a load.
  const rounds = Array.from({ length: kills }, (_, round) => round);
  expect(rounds.filter((round) => ![...acknowledged.puts].some((id) => id.startsWith(`${round}-`)))).toEqual([]);
}, 60_000);
