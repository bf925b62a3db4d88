import { sqsService } from "../../src/runtime/services/sqs/service.ts";
import { microseconds, microsecondsStraight, row, withAccount, withDatabase, type Invoke } from "./operations.ts";
import { queueWireRows } from "./queueWire.ts";
import type { Row } from "./row.ts";

const turns = 2_000;
const body = "x".repeat(1000);
/** Messages that stay in the queue meanwhile. */
const depth = 100_000;

/** A message's way through a queue, beyond its statements in SQLite; and that a deep queue costs no more. */
export async function sqsRows(): Promise<Row[]> {
  const limit = straight();
  const plain = await withAccount(sqsService, false, (invoke) => measure(invoke, 0));
  const traced = await withAccount(sqsService, true, (invoke) => measure(invoke, 0));
  const deep = await withAccount(sqsService, true, (invoke) => measure(invoke, depth));
  return [
    row("SendMessage, 1 KB, not traced", plain.send, limit.send),
    row("SendMessage, 1 KB, traced", traced.send, limit.send),
    row("ReceiveMessage and DeleteMessage, 1 KB, traced", traced.receive, limit.receive),
    row(`ReceiveMessage and DeleteMessage, ${depth / 1000} 000 waiting`, deep.receive, limit.receive),
    ...(await queueWireRows()),
  ];
}

interface Costs {
  readonly send: number;
  readonly receive: number;
}

async function measure(invoke: Invoke, waiting: number): Promise<Costs> {
  await invoke("CreateQueue", { QueueName: "bench" });
  const QueueUrl = "/000000000000/bench";
  for (let sent = 0; sent < waiting; sent += 10) {
    await invoke("SendMessageBatch", {
      QueueUrl,
      Entries: Array.from({ length: 10 }, (_, number) => ({ Id: String(number), MessageBody: body })),
    });
  }
  return {
    send: await microseconds(turns, () => invoke("SendMessage", { QueueUrl, MessageBody: body })),
    receive: await microseconds(turns, async () => {
      const { Messages = [] } = await invoke<{ Messages?: { ReceiptHandle: string }[] }>("ReceiveMessage", { QueueUrl });
      await invoke("DeleteMessage", { QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle });
    }),
  };
}

function straight(): Costs {
  return withDatabase((database) => {
    database.exec(`CREATE TABLE messages (id INTEGER PRIMARY KEY, queue INTEGER, body TEXT, sent_at REAL, visible_at REAL, receive_count INTEGER);
      CREATE INDEX messages_visible ON messages (queue, visible_at, id); CREATE INDEX messages_sent ON messages (queue, sent_at)`);
    const insert = database.prepare("INSERT INTO messages (queue, body, sent_at, visible_at, receive_count) VALUES (1, ?, ?, ?, 0)");
    const visible = database.prepare("SELECT * FROM messages WHERE queue = 1 AND visible_at <= ? ORDER BY visible_at, id LIMIT 1");
    const receive = database.prepare("UPDATE messages SET visible_at = ?, receive_count = receive_count + 1 WHERE id = ?");
    const remove = database.prepare("DELETE FROM messages WHERE id = ?");
    return {
      send: microsecondsStraight(turns, (number) => insert.run(body, number, number)),
      receive: microsecondsStraight(turns, () => {
        const { id } = visible.get(6 * turns) as { id: number };
        receive.run(7 * turns, id);
        remove.run(id);
      }),
    };
  });
}
