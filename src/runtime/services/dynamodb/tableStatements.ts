import type { Database } from "../../storage/database.ts";
import type { ItemRow } from "./table.ts";
import type { TableIndex } from "./tableSettings.ts";

// The SQL of one table. Column and table names are numbers of ours, never a user's text.

/** `hasExpiry`: the moment at which an item expires has a column too, the last. */
export function tableStatements(database: Database, table: string, indexes: readonly TableIndex[], hasExpiry: boolean) {
  const columns = indexes.flatMap(({ column }) => [`i${column}_hash`, `i${column}_range`]);
  if (hasExpiry) columns.push("expires_at");
  return {
    get: database.prepare<[number, Buffer, Buffer], ItemRow>(
      `SELECT id, hash, range, item, bytes FROM ${table} WHERE bucket = ? AND hash = ? AND range = ?`,
    ),
    insert: database.prepare<unknown[]>(
      `INSERT INTO ${table} (${["bucket", "hash", "range", "item", "bytes", ...columns].join(", ")}) VALUES (?, ?, ?, ?, ?${", ?".repeat(columns.length)})`,
    ),
    update: database.prepare<unknown[]>(
      `UPDATE ${table} SET ${["item", "bytes", ...columns].map((column) => `${column} = ?`).join(", ")} WHERE id = ?`,
    ),
    delete: database.prepare<[number]>(`DELETE FROM ${table} WHERE id = ?`),
    totals: database.prepare<[], { count: number; bytes: number }>(
      `SELECT count(*) AS count, coalesce(sum(bytes), 0) AS bytes FROM ${table}`,
    ),
  };
}

export function createItemTable(database: Database, table: string, indexes: readonly TableIndex[]): void {
  database.exec(
    `CREATE TABLE ${table} (id INTEGER PRIMARY KEY, bucket INTEGER NOT NULL, hash BLOB NOT NULL, range BLOB NOT NULL, item TEXT NOT NULL, bytes INTEGER NOT NULL);
     CREATE UNIQUE INDEX ${table}_key ON ${table} (bucket, hash, range);`,
  );
  for (const index of indexes) createIndex(database, table, index);
}

/** Adds an index's key columns, and the SQLite index that orders items by them, ties by the table's key. */
export function createIndex(database: Database, table: string, { column, kind }: TableIndex): void {
  const key = kind === "global" ? `i${column}_hash, i${column}_range, hash, range` : `hash, i${column}_range, range`;
  database.exec(
    `ALTER TABLE ${table} ADD COLUMN i${column}_hash BLOB;
     ALTER TABLE ${table} ADD COLUMN i${column}_range BLOB;
     CREATE INDEX ${table}_i${column} ON ${table} (${key}) WHERE i${column}_hash IS NOT NULL;`,
  );
}

export function dropIndex(database: Database, table: string, column: number): void {
  database.exec(
    `DROP INDEX ${table}_i${column};
     ALTER TABLE ${table} DROP COLUMN i${column}_hash;
     ALTER TABLE ${table} DROP COLUMN i${column}_range;`,
  );
}

/** Adds the column of the moment at which an item expires, in seconds since 1970. */
export function createExpiry(database: Database, table: string): void {
  database.exec(
    `ALTER TABLE ${table} ADD COLUMN expires_at REAL;
     CREATE INDEX ${table}_expiry ON ${table} (expires_at) WHERE expires_at IS NOT NULL;`,
  );
}

export function dropExpiry(database: Database, table: string): void {
  database.exec(`DROP INDEX ${table}_expiry; ALTER TABLE ${table} DROP COLUMN expires_at;`);
}

export function hasExpiry(database: Database, table: string): boolean {
  return database
    .prepare<[], { name: string }>(`PRAGMA table_info(${table})`)
    .all()
    .some((column) => column.name === "expires_at");
}

export function dropItemTable(database: Database, table: string): void {
  database.exec(`DROP TABLE ${table}`);
}
