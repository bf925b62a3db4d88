import { migrate, type Database } from "./database.ts";

/**
 * Settings of a service (rules, schedules, pipes): few, read often. Kept in memory by their keys, written through to the
 * service's table `<service>_records` as JSON. All kinds of one service share that table.
 */
export class Records<Value> {
  readonly #database: Database;
  readonly #table: string;
  readonly #kind: string;
  readonly #values = new Map<string, Value>();

  constructor(database: Database, service: string, kind: string) {
    migrate(database, `${service} records`, [
      `CREATE TABLE ${service}_records (kind TEXT NOT NULL, key TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (kind, key))`,
    ]);
    this.#database = database;
    this.#table = `${service}_records`;
    this.#kind = kind;
    const rows = database.prepare<[string], { key: string; record: string }>(
      `SELECT key, record FROM ${this.#table} WHERE kind = ? ORDER BY rowid`,
    );
    for (const row of rows.all(kind)) this.#values.set(row.key, JSON.parse(row.record) as Value);
  }

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  /** In the order in which they were made. */
  all(): Value[] {
    return [...this.#values.values()];
  }

  put(key: string, value: Value): void {
    this.#database
      .prepare(`INSERT INTO ${this.#table} VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET record = excluded.record`)
      .run(this.#kind, key, JSON.stringify(value));
    this.#values.set(key, value);
  }

  delete(key: string): boolean {
    this.#database.prepare(`DELETE FROM ${this.#table} WHERE kind = ? AND key = ?`).run(this.#kind, key);
    return this.#values.delete(key);
  }
}
