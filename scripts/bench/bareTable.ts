// The least that a table over HTTP must do, for comparison: a bare Node server before the same SQLite, without checks, types or traces.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { openDatabase } from "../../src/runtime/storage/database.ts";

type Item = Readonly<Record<string, { readonly S?: string; readonly N?: string }>>;

interface Body {
  readonly Item?: Item;
  readonly Key?: Item;
  readonly ExpressionAttributeValues?: Item;
  readonly RequestItems?: Readonly<Record<string, readonly { readonly PutRequest: { readonly Item: Item } }[]>>;
  readonly TransactItems?: readonly { readonly Put: { readonly Item: Item } }[];
}

const folder = mkdtempSync(path.join(tmpdir(), "contrail-bench-"));
const database = openDatabase(path.join(folder, "bare.db"));
database.exec(
  "CREATE TABLE items (id INTEGER PRIMARY KEY, hash BLOB NOT NULL, range BLOB NOT NULL, item TEXT NOT NULL); CREATE UNIQUE INDEX items_key ON items (hash, range);",
);
const find = database.prepare<[Buffer, Buffer], { id: number; item: string }>("SELECT id, item FROM items WHERE hash = ? AND range = ?");
const insert = database.prepare("INSERT INTO items (hash, range, item) VALUES (?, ?, ?)");
const update = database.prepare("UPDATE items SET item = ? WHERE id = ?");
const query = database.prepare<[Buffer], { item: string }>("SELECT item FROM items WHERE hash = ? ORDER BY range");

function keyOf(item: Item): [Buffer, Buffer] {
  const number = Buffer.alloc(8);
  number.writeDoubleBE(Number(item["sk"]?.N ?? 0));
  return [Buffer.from(item["pk"]?.S ?? ""), number];
}

function put(item: Item): void {
  const key = keyOf(item);
  const before = find.get(...key);
  if (before) update.run(JSON.stringify(item), before.id);
  else insert.run(...key, JSON.stringify(item));
}

const putAll = database.transaction((items: readonly Item[]) => items.forEach(put));

function answer(operation: string, body: Body): unknown {
  switch (operation) {
    case "PutItem":
      put(body.Item ?? {});
      return {};
    case "GetItem": {
      const found = find.get(...keyOf(body.Key ?? {}));
      return found ? { Item: JSON.parse(found.item) as unknown } : {};
    }
    case "Query": {
      const Items = query.all(Buffer.from(body.ExpressionAttributeValues?.[":p"]?.S ?? "")).map((row) => JSON.parse(row.item) as unknown);
      return { Items, Count: Items.length, ScannedCount: Items.length };
    }
    case "BatchWriteItem":
      for (const { PutRequest } of Object.values(body.RequestItems ?? {}).flat()) put(PutRequest.Item);
      return { UnprocessedItems: {} };
    case "TransactWriteItems":
      putAll((body.TransactItems ?? []).map(({ Put }) => Put.Item));
      return {};
    default:
      return {};
  }
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const operation = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
    const text = JSON.stringify(answer(operation, JSON.parse(Buffer.concat(chunks).toString()) as Body));
    response.writeHead(200, { "content-type": "application/x-amz-json-1.0", "content-length": Buffer.byteLength(text) });
    response.end(text);
  });
});
server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ port: (server.address() as AddressInfo).port })));
process.on("SIGTERM", () => {
  server.closeAllConnections();
  server.close();
  database.close();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
});
