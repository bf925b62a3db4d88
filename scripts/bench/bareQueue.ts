// The limit of queues over HTTP: a bare Node server with a message table in SQLite on disk, which answers the three requests of SQS's
// JSON protocol, and SNS's Publish to every queue, by prepared statements and nothing else. Usage: bareQueue.ts SUBSCRIBERS.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { openDatabase } from "../../src/runtime/storage/database.ts";
import { messageTable } from "./messageTable.ts";

const subscribers = Number(process.argv[2] ?? 1);
const folder = mkdtempSync(path.join(tmpdir(), "contrail-bench-"));
const database = openDatabase(path.join(folder, "limit.db"));
const messages = messageTable(database);

interface Input {
  readonly MessageBody?: string;
  readonly ReceiptHandle?: string;
}

function answer(operation: string, input: Input): object {
  const now = Date.now();
  switch (operation) {
    case "SendMessage":
      return { MessageId: String(messages.send(input.MessageBody ?? "", now)) };
    case "ReceiveMessage": {
      const [row] = messages.receive(now + 30_000, now, 1);
      return row === undefined ? {} : { Messages: [{ MessageId: String(row.id), ReceiptHandle: String(row.id), Body: row.body }] };
    }
    default:
      messages.delete(Number(input.ReceiptHandle));
      return {};
  }
}

/** SNS speaks the query protocol: a form in, XML out. */
function publish(body: string): string {
  messages.sendToAll(new URLSearchParams(body).get("Message") ?? "", Date.now(), subscribers);
  return "<PublishResponse/>";
}

const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => (body += chunk));
  request.on("end", () => {
    const target = request.headers["x-amz-target"];
    const operation = String(target).replace("AmazonSQS.", "");
    const text = target === undefined ? publish(body) : JSON.stringify(answer(operation, JSON.parse(body) as Input));
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
