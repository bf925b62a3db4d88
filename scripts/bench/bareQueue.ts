// The limit of a queue over HTTP: a bare Node server with a message table in SQLite on disk, which answers the three requests of
// SQS's JSON protocol by prepared statements and nothing else.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { openDatabase } from "../../src/runtime/storage/database.ts";

const folder = mkdtempSync(path.join(tmpdir(), "contrail-bench-"));
const database = openDatabase(path.join(folder, "limit.db"));
database.exec(`CREATE TABLE messages (id INTEGER PRIMARY KEY, queue INTEGER, body TEXT, sent_at REAL, visible_at REAL, receive_count INTEGER);
  CREATE INDEX messages_visible ON messages (queue, visible_at, id); CREATE INDEX messages_sent ON messages (queue, sent_at)`);
const insert = database.prepare("INSERT INTO messages (queue, body, sent_at, visible_at, receive_count) VALUES (1, ?, ?, ?, 0)");
const visible = database.prepare("SELECT id, body FROM messages WHERE queue = 1 AND visible_at <= ? ORDER BY visible_at, id LIMIT 1");
const receive = database.prepare("UPDATE messages SET visible_at = ?, receive_count = receive_count + 1 WHERE id = ?");
const remove = database.prepare("DELETE FROM messages WHERE id = ?");

interface Input {
  readonly MessageBody?: string;
  readonly ReceiptHandle?: string;
}

function answer(operation: string, input: Input): object {
  const now = Date.now();
  switch (operation) {
    case "SendMessage":
      return { MessageId: String(insert.run(input.MessageBody ?? "", now, now).lastInsertRowid) };
    case "ReceiveMessage": {
      const row = visible.get(now) as { id: number; body: string } | undefined;
      if (row === undefined) return {};
      receive.run(now + 30_000, row.id);
      return { Messages: [{ MessageId: String(row.id), ReceiptHandle: String(row.id), Body: row.body }] };
    }
    default:
      remove.run(Number(input.ReceiptHandle));
      return {};
  }
}

const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => (body += chunk));
  request.on("end", () => {
    const operation = String(request.headers["x-amz-target"]).replace("AmazonSQS.", "");
    const text = JSON.stringify(answer(operation, JSON.parse(body) as Input));
    response.writeHead(200, { "content-type": "application/x-amz-json-1.0", "content-length": Buffer.byteLength(text) });
    response.end(text);
  });
});
server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ ready: true, port: (server.address() as AddressInfo).port })));
process.on("SIGTERM", () => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
});
