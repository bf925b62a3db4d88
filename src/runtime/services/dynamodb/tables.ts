import type { Database } from "../../storage/database.ts";
import type { Kernel } from "../../kernel/service.ts";
import type { ResourceRef } from "../../../model/trace.ts";
import { tableNotFound } from "./errors.ts";
import type { TableRow } from "./table.ts";
import { Table } from "./table.ts";
import type { TableSettings } from "./tableSettings.ts";
import { indexesOf } from "./tableSettings.ts";
import { streamTables } from "./streamRecords.ts";
import type { Streams } from "./streams.ts";
import { expiryAttributeOf } from "./ttlAttribute.ts";
import { createExpiry, createIndex, createItemTable, dropExpiry, dropIndex, dropItemTable, hasExpiry } from "./tableStatements.ts";

export const dynamodbTables = [
  `CREATE TABLE dynamodb_tables (
     id INTEGER PRIMARY KEY AUTOINCREMENT, table_id TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL, settings TEXT NOT NULL,
     created_at REAL NOT NULL, UNIQUE (region, name));
   CREATE TABLE dynamodb_tokens (token TEXT PRIMARY KEY, request TEXT NOT NULL, expires_at REAL NOT NULL);`,
  `CREATE INDEX dynamodb_tokens_expiry ON dynamodb_tokens (expires_at);`,
  streamTables,
] as const;

/** All tables of the account. */
export class Tables {
  readonly #database: Database;
  readonly #kernel: Kernel;
  readonly #accountId: string;
  readonly #streams: Streams;
  readonly #byName = new Map<string, Table>();

  constructor(database: Database, kernel: Kernel, accountId: string, streams: Streams) {
    this.#database = database;
    this.#kernel = kernel;
    this.#accountId = accountId;
    this.#streams = streams;
    for (const row of database.prepare<[], TableRow>("SELECT * FROM dynamodb_tables").all()) {
      this.#streams.follow(this.#keep(row), kernel.clock.now());
    }
  }

  all(): Table[] {
    return [...this.#byName.values()];
  }

  /** By name or ARN. */
  find(region: string, nameOrArn: string): Table | undefined {
    return this.#byName.get(`${region}/${tableNameOf(nameOrArn)}`);
  }

  get(region: string, nameOrArn: string): Table {
    const table = this.find(region, nameOrArn);
    if (!table) throw tableNotFound();
    return table;
  }

  findByArn(arn: string): Table | undefined {
    return this.all().find((table) => table.arn === arn);
  }

  create(region: string, name: string, settings: TableSettings, now: number): Table {
    return this.#database.transaction(() => {
      const tableId = this.#kernel.ids.uuid();
      const row = { table_id: tableId, region, name, settings: JSON.stringify(settings), created_at: now };
      const { lastInsertRowid } = this.#database
        .prepare<[string, string, string, string, number]>(
          "INSERT INTO dynamodb_tables (table_id, region, name, settings, created_at) VALUES (?, ?, ?, ?, ?)",
        )
        .run(tableId, region, name, row.settings, now);
      const id = Number(lastInsertRowid);
      createItemTable(this.#database, `dynamodb_items_${id}`, indexesOf(settings));
      const table = this.#keep({ id, ...row });
      this.#streams.follow(table, now);
      return table;
    })();
  }

  /** Keeps changed settings; indexes that are new are filled, those that are gone are dropped. */
  update(table: Table, settings: TableSettings): void {
    const before = table.indexes;
    const after = indexesOf(settings);
    const added = after.filter((index) => !before.some((other) => other.column === index.column));
    const removed = before.filter((index) => !after.some((other) => other.column === index.column));
    this.#database.transaction(() => {
      for (const index of removed) dropIndex(this.#database, table.sqlName, index.column);
      for (const index of added) createIndex(this.#database, table.sqlName, index);
      const expiry = expiryAttributeOf(settings);
      const isOtherExpiry = expiry !== table.expiryAttribute;
      if (isOtherExpiry && table.expiryAttribute !== null) dropExpiry(this.#database, table.sqlName);
      if (isOtherExpiry && expiry !== null) createExpiry(this.#database, table.sqlName);
      this.#database
        .prepare<[string, number]>("UPDATE dynamodb_tables SET settings = ? WHERE id = ?")
        .run(JSON.stringify(settings), table.id);
      table.useSettings(settings);
      for (const index of added) table.backfill(index);
      if (isOtherExpiry && expiry !== null) table.backfillExpiry(expiry);
      this.#streams.follow(table, this.#kernel.clock.now());
    })();
  }

  delete(table: Table): void {
    this.#database.transaction(() => {
      table.stream?.disable(this.#kernel.clock.now());
      dropItemTable(this.#database, table.sqlName);
      this.#database.prepare<[number]>("DELETE FROM dynamodb_tables WHERE id = ?").run(table.id);
    })();
    this.#byName.delete(`${table.region}/${table.name}`);
    this.#kernel.resources.remove("dynamodb", table.name, table.region);
  }

  /** A table as spans and effects name it. */
  ref(table: { readonly region: string; readonly name: string }): ResourceRef {
    return (
      this.#kernel.resources.find("dynamodb", table.name, table.region) ?? {
        service: "dynamodb",
        type: "AWS::DynamoDB::Table",
        name: table.name,
        region: table.region,
      }
    );
  }

  #keep(row: TableRow): Table {
    const arn = `arn:aws:dynamodb:${row.region}:${this.#accountId}:table/${row.name}`;
    const expiry = expiryAttributeOf(JSON.parse(row.settings) as TableSettings);
    // A table that an earlier version kept may be without the column.
    const isFilled = expiry === null || hasExpiry(this.#database, `dynamodb_items_${row.id}`);
    if (!isFilled) createExpiry(this.#database, `dynamodb_items_${row.id}`);
    const table = new Table(this.#database, row, arn);
    if (!isFilled) table.backfillExpiry(expiry);
    this.#byName.set(`${row.region}/${row.name}`, table);
    this.#kernel.resources.add({ service: "dynamodb", type: "AWS::DynamoDB::Table", name: row.name, region: row.region, arn });
    return table;
  }
}

export function tableNameOf(nameOrArn: string): string {
  return nameOrArn.startsWith("arn:") ? (/:table\/([^/]+)/.exec(nameOrArn)?.[1] ?? nameOrArn) : nameOrArn;
}
