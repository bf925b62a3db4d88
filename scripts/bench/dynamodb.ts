import { dynamodbService } from "../../src/runtime/services/dynamodb/service.ts";
import { dynamodbWireRows } from "./dynamodbWire.ts";
import { microseconds, microsecondsStraight, row, withAccount, withDatabase, type Invoke } from "./operations.ts";
import type { Row } from "./row.ts";

const turns = 4_000;
const queries = 400;
const text = "x".repeat(900);

/** Item operations on a table with 1 KB items: what they cost beyond their statements in SQLite. */
export async function dynamodbRows(): Promise<Row[]> {
  const limits = straight();
  const plain = await withAccount(dynamodbService, false, measure);
  const traced = await withAccount(dynamodbService, true, measure);
  return [
    row("PutItem (new), 1 KB, not traced", plain.insert, limits.insert, "under 50 µs beyond SQLite"),
    row("PutItem (new), 1 KB, traced", traced.insert, limits.insert),
    row("PutItem (over), 1 KB, traced", traced.update, limits.update),
    row("GetItem, 1 KB, traced", traced.get, limits.get),
    row("UpdateItem, 1 KB, traced", traced.change, limits.update),
    row("Query of 20, 1 KB each, traced", traced.query, limits.query),
    ...(await dynamodbWireRows()),
  ];
}

interface Costs {
  readonly insert: number;
  readonly update: number;
  readonly get: number;
  readonly change: number;
  readonly query: number;
}

const item = (number: number): Record<string, unknown> => ({
  pk: { S: `customer-${Math.floor(number / 20)}` },
  sk: { N: String(number % 20) },
  text: { S: text },
  total: { N: "12.5" },
});
const key = (number: number): Record<string, unknown> => ({
  pk: { S: `customer-${Math.floor(number / 20)}` },
  sk: { N: String(number % 20) },
});

async function measure(invoke: Invoke): Promise<Costs> {
  await invoke("CreateTable", {
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
  return {
    insert: await microseconds(turns, (number) => invoke("PutItem", { TableName: "bench", Item: item(number) })),
    update: await microseconds(turns, (number) => invoke("PutItem", { TableName: "bench", Item: item(number) })),
    get: await microseconds(turns, (number) => invoke("GetItem", { TableName: "bench", Key: key(number) })),
    change: await microseconds(turns, (number) =>
      invoke("UpdateItem", {
        TableName: "bench",
        Key: key(number),
        UpdateExpression: "SET #t = #t + :one",
        ConditionExpression: "attribute_exists(pk)",
        ExpressionAttributeNames: { "#t": "total" },
        ExpressionAttributeValues: { ":one": { N: "1" } },
      }),
    ),
    query: await microseconds(queries, (number) =>
      invoke("Query", {
        TableName: "bench",
        KeyConditionExpression: "pk = :p",
        ExpressionAttributeValues: { ":p": { S: `customer-${number % 1000}` } },
      }),
    ),
  };
}

/** The same rows by bare prepared statements: a look before each write, as effects and conditions need one. */
function straight(): Costs {
  return withDatabase((database) => {
    database.exec(
      "CREATE TABLE items (id INTEGER PRIMARY KEY, bucket INTEGER, hash BLOB, range BLOB, item TEXT, bytes INTEGER); CREATE UNIQUE INDEX items_key ON items (bucket, hash, range)",
    );
    const find = database.prepare("SELECT id, item, bytes FROM items WHERE bucket = ? AND hash = ? AND range = ?");
    const insert = database.prepare("INSERT INTO items (bucket, hash, range, item, bytes) VALUES (?, ?, ?, ?, ?)");
    const update = database.prepare("UPDATE items SET item = ?, bytes = ? WHERE id = ?");
    const query = database.prepare("SELECT id, hash, range, item, bytes FROM items WHERE bucket = ? AND hash = ? ORDER BY range");
    const parts = (number: number): [number, Buffer, Buffer] => {
      const customer = Math.floor(number / 20);
      return [Math.imul(customer, 0x9e3779b1) | 0, Buffer.from(`customer-${customer}`), Buffer.of(number % 20)];
    };
    const over = (number: number): void => {
      const found = find.get(...parts(number)) as { id: number };
      update.run(JSON.stringify(item(number)), 950, found.id);
    };
    return {
      insert: microsecondsStraight(turns, (number) => {
        find.get(...parts(number));
        insert.run(...parts(number), JSON.stringify(item(number)), 950);
      }),
      update: microsecondsStraight(turns, over),
      get: microsecondsStraight(turns, (number) => JSON.parse((find.get(...parts(number)) as { item: string }).item) as unknown),
      change: microsecondsStraight(turns, over),
      query: microsecondsStraight(queries, (number) => {
        const [bucket, hash] = parts((number % 1000) * 20);
        for (const found of query.all(bucket, hash) as { item: string }[]) JSON.parse(found.item);
      }),
    };
  });
}
