import type { SpanRef } from "../../../model/trace.ts";
import type { Database } from "../../storage/database.ts";
import type { Item } from "./attributeValue.ts";
import { itemBytes } from "./attributeValue.ts";
import type { StreamView } from "./streamView.ts";
import { writeItem } from "./storedItem.ts";

export const streamTables = `
  CREATE TABLE dynamodb_streams (
    id INTEGER PRIMARY KEY AUTOINCREMENT, table_id INTEGER NOT NULL, region TEXT NOT NULL, table_name TEXT NOT NULL, label TEXT NOT NULL,
    view TEXT NOT NULL, key_schema TEXT NOT NULL, partitions INTEGER NOT NULL, created_at REAL NOT NULL, disabled_at REAL);
  CREATE TABLE dynamodb_shards (
    id INTEGER PRIMARY KEY AUTOINCREMENT, stream INTEGER NOT NULL, shard_id TEXT NOT NULL, parent_id TEXT, partition INTEGER NOT NULL,
    first_sequence INTEGER NOT NULL, last_sequence INTEGER, trimmed_sequence INTEGER NOT NULL DEFAULT 0, opened_at REAL NOT NULL, closed_at REAL);
  CREATE INDEX dynamodb_shards_of ON dynamodb_shards (stream);
  CREATE TABLE dynamodb_records (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, shard INTEGER NOT NULL, written_at REAL NOT NULL, event TEXT NOT NULL, item_key TEXT NOT NULL,
    before TEXT, after TEXT, bytes INTEGER NOT NULL, is_expiry INTEGER NOT NULL, cause_trace TEXT NOT NULL, cause_span TEXT NOT NULL);
  CREATE INDEX dynamodb_records_of ON dynamodb_records (shard, sequence);`;

/** A row of dynamodb_records; items as storedItem writes them. */
export interface RecordRow {
  readonly sequence: number;
  readonly written_at: number;
  readonly event: "INSERT" | "MODIFY" | "REMOVE";
  readonly item_key: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly bytes: number;
  readonly is_expiry: number;
  readonly cause_trace: string;
  readonly cause_span: string;
}

export interface ItemChange {
  readonly key: Item;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  readonly at: number;
  readonly cause: SpanRef;
  /** Deleted by DynamoDB itself: its time had come. */
  readonly isExpiry: boolean;
}

/** The records of all streams, numbered in the order in which they were written. */
export class StreamRecords {
  readonly #database: Database;
  readonly #statements;

  constructor(database: Database) {
    this.#database = database;
    this.#statements = {
      insert: database.prepare<unknown[]>(
        `INSERT INTO dynamodb_records (shard, written_at, event, item_key, before, after, bytes, is_expiry, cause_trace, cause_span)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
      read: database.prepare<[number, number, number, number], RecordRow>(
        "SELECT * FROM dynamodb_records WHERE shard = ? AND sequence > ? AND written_at > ? ORDER BY sequence LIMIT ?",
      ),
      last: database.prepare<[], { seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'dynamodb_records'"),
      // the first that is young enough is found by walking over those that go
      firstAfter: database.prepare<[number, number], { sequence: number }>(
        "SELECT sequence FROM dynamodb_records WHERE shard = ? AND written_at > ? ORDER BY sequence LIMIT 1",
      ),
      lastOf: database.prepare<[number], { last: number | null }>("SELECT max(sequence) AS last FROM dynamodb_records WHERE shard = ?"),
      trim: database.prepare<[number, number]>("DELETE FROM dynamodb_records WHERE shard = ? AND sequence <= ?"),
    };
  }

  newest(shards: readonly number[], before: number, limit: number): RecordRow[] {
    return this.#database
      .prepare<unknown[], RecordRow>(
        `SELECT * FROM dynamodb_records WHERE shard IN (${shards.map(() => "?").join(", ")}) AND sequence < ? ORDER BY sequence DESC LIMIT ?`,
      )
      .all(...shards, before, limit);
  }

  add(shard: number, view: StreamView, { key, before, after, at, cause, isExpiry }: ItemChange): void {
    const oldImage = view === "OLD_IMAGE" || view === "NEW_AND_OLD_IMAGES" ? before : undefined;
    const newImage = view === "NEW_IMAGE" || view === "NEW_AND_OLD_IMAGES" ? after : undefined;
    const bytes = itemBytes(key) + (oldImage ? itemBytes(oldImage) : 0) + (newImage ? itemBytes(newImage) : 0);
    this.#statements.insert.run(
      shard,
      at,
      before === undefined ? "INSERT" : after === undefined ? "REMOVE" : "MODIFY",
      writeItem(key),
      oldImage ? writeItem(oldImage) : null,
      newImage ? writeItem(newImage) : null,
      bytes,
      isExpiry ? 1 : 0,
      cause.traceId,
      cause.spanId,
    );
  }

  /** Records of a shard after a sequence number and after a moment. */
  read(shard: number, after: number, writtenAfter: number, limit: number): RecordRow[] {
    return this.#statements.read.all(shard, after, writtenAfter, limit);
  }

  /** The last number that was given to any record. */
  last(): number {
    return this.#statements.last.get()?.seq ?? 0;
  }

  /** Deletes a shard's records up to a moment; returns the last number that went, 0 if none did. */
  trim(shard: number, until: number): number {
    const first = this.#statements.firstAfter.get(shard, until)?.sequence;
    const last = first === undefined ? (this.#statements.lastOf.get(shard)?.last ?? 0) : first - 1;
    if (last === 0) return 0;
    return this.#statements.trim.run(shard, last).changes > 0 ? last : 0;
  }
}
