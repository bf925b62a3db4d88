// The least that queues need of SQLite: a table of messages and the statements that send, receive and delete them.
import type { Database } from "../../src/runtime/storage/database.ts";

export interface MessageRow {
  readonly id: number;
  readonly body: string;
}

export function messageTable(database: Database) {
  database.exec(`CREATE TABLE messages (id INTEGER PRIMARY KEY, queue INTEGER, body TEXT, sent_at REAL, visible_at REAL, receive_count INTEGER);
    CREATE INDEX messages_visible ON messages (queue, visible_at, id); CREATE INDEX messages_sent ON messages (queue, sent_at)`);
  const insert = database.prepare("INSERT INTO messages (queue, body, sent_at, visible_at, receive_count) VALUES (?, ?, ?, ?, 0)");
  const visible = database.prepare<[number, number, number], MessageRow>(
    "SELECT id, body FROM messages WHERE queue = ? AND visible_at <= ? ORDER BY visible_at, id LIMIT ?",
  );
  const hide = database.prepare("UPDATE messages SET visible_at = ?, receive_count = receive_count + 1 WHERE id = ?");
  const remove = database.prepare("DELETE FROM messages WHERE id = ?");
  const send = (body: string, now: number, queue = 1): number => Number(insert.run(queue, body, now, now).lastInsertRowid);
  const receive = (until: number, now: number, limit: number): MessageRow[] => {
    const rows = visible.all(1, now, limit);
    for (const { id } of rows) hide.run(until, id);
    return rows;
  };
  return {
    send,
    /** To queues 1 to `queues`, at once. */
    sendToAll: database.transaction((body: string, now: number, queues: number): void => {
      for (let queue = 1; queue <= queues; queue++) send(body, now, queue);
    }),
    receive,
    receiveAll: database.transaction(receive),
    delete: (id: number): void => void remove.run(id),
    deleteAll: database.transaction((rows: readonly MessageRow[]): void => rows.forEach(({ id }) => remove.run(id))),
  };
}
