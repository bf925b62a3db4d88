import type { Clock, Ids } from "../../kernel/service.ts";
import { dynamodbLimits } from "../../../model/limits/dynamodb.ts";
import type { Database } from "../../storage/database.ts";
import type { ItemChange, RecordRow, StreamRecords } from "./streamRecords.ts";
import type { StreamView } from "./streamView.ts";

export const retentionMilliseconds = dynamodbLimits.streamRetentionHours.value * 3_600_000;
/** AWS closes a shard after about four hours and goes on in a child. */
const shardMilliseconds = 4 * 3_600_000;
const trimIntervalMilliseconds = 3_600_000;

export interface StreamRow {
  readonly id: number;
  readonly table_id: number;
  readonly region: string;
  readonly table_name: string;
  readonly label: string;
  readonly view: StreamView;
  readonly key_schema: string;
  readonly partitions: number;
  readonly created_at: number;
  readonly disabled_at: number | null;
}

/** A part of a stream: one partition's records during some hours. */
export interface Shard {
  readonly id: number;
  readonly shard_id: string;
  readonly parent_id: string | null;
  readonly partition: number;
  readonly first_sequence: number;
  readonly last_sequence: number | null;
  readonly trimmed_sequence: number;
  readonly opened_at: number;
  readonly closed_at: number | null;
}

export interface StreamEnvironment {
  readonly database: Database;
  readonly records: StreamRecords;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** One stream of one table: its shards, and those who wait for its records. */
export class Stream {
  readonly row: StreamRow;
  readonly arn: string;
  readonly #environment: StreamEnvironment;
  readonly #waiting = new Set<() => void>();
  readonly #statements;
  /** By partition. */
  #open = new Map<number, Shard>();
  #disabledAt: number | null;
  #trimmedAt = 0;

  constructor(environment: StreamEnvironment, row: StreamRow, tableArn: string) {
    this.row = row;
    this.arn = `${tableArn}/stream/${row.label}`;
    this.#environment = environment;
    this.#disabledAt = row.disabled_at;
    const { database } = environment;
    this.#statements = {
      shards: database.prepare<[number], Shard>("SELECT * FROM dynamodb_shards WHERE stream = ? ORDER BY id"),
      openShard: database.prepare<unknown[]>(
        "INSERT INTO dynamodb_shards (stream, shard_id, parent_id, partition, first_sequence, opened_at) VALUES (?, ?, ?, ?, ?, ?)",
      ),
      closeShard: database.prepare<[number, number, number]>("UPDATE dynamodb_shards SET last_sequence = ?, closed_at = ? WHERE id = ?"),
      trimmed: database.prepare<[number, number]>("UPDATE dynamodb_shards SET trimmed_sequence = ? WHERE id = ?"),
      removeShard: database.prepare<[number]>("DELETE FROM dynamodb_shards WHERE id = ?"),
      disable: database.prepare<[number, number]>("UPDATE dynamodb_streams SET disabled_at = ? WHERE id = ?"),
    };
    this.reload();
  }

  get disabledAt(): number | null {
    return this.#disabledAt;
  }

  get view(): StreamView {
    return this.row.view;
  }

  /** Shards that still have records or may get some, each parent before its children. */
  shards(): Shard[] {
    this.#trim(this.#environment.clock.now());
    return this.#statements.shards.all(this.row.id);
  }

  /** A shard as it is now, whether or not it still has records. */
  shard(shardId: string): Shard | undefined {
    return this.#statements.shards.all(this.row.id).find((shard) => shard.shard_id === shardId);
  }

  /** Adds a record within the caller's transaction. `bucket` is the item's: one item's records stay in one shard's line. */
  add(bucket: number, change: ItemChange): void {
    // Buckets of short keys lie close together; multiplied, they spread.
    const partition = Math.floor(((Math.imul(bucket, 0x9e3779b1) >>> 0) / 2 ** 32) * this.row.partitions);
    const shard = this.#shardFor(partition, change.at);
    this.#environment.records.add(shard.id, this.row.view, change);
    if (change.at - this.#trimmedAt >= trimIntervalMilliseconds) this.#trim(change.at);
    this.#wake();
  }

  /** Records of a shard that are not yet too old. */
  read(shard: Shard, after: number, limit: number): RecordRow[] {
    return this.#environment.records.read(shard.id, after, this.#environment.clock.now() - retentionMilliseconds, limit);
  }

  /** The latest records of all shards, the newest first. `before`: older than this number. */
  newest(before: number | undefined, limit: number): RecordRow[] {
    const shards = this.shards().map((shard) => shard.id);
    return this.#environment.records.newest(shards, before ?? Number.MAX_SAFE_INTEGER, limit);
  }

  /** No more records come; what is there can be read until it is too old. */
  disable(now: number): void {
    for (const shard of this.#open.values()) this.#close(shard, now);
    this.#open.clear();
    this.#statements.disable.run(now, this.row.id);
    this.#disabledAt = now;
    this.#wake();
  }

  /** After a transaction was rolled back: what it did to the shards did not happen. */
  reload(): void {
    const open = this.#statements.shards.all(this.row.id).filter((shard) => shard.closed_at === null);
    this.#open = new Map(open.map((shard) => [shard.partition, shard]));
  }

  /** Opens the first shards of a new stream. */
  openShards(now: number): void {
    for (let partition = 0; partition < this.row.partitions; partition++) this.#openShard(partition, null, now);
    this.reload();
  }

  /** Resolves when there may be something new, when the time is over, or when aborted. */
  wait(deadline: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        cancel();
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      const cancel = this.#environment.clock.at(deadline, { title: `${this.row.table_name} stream is read again`, isQuiet: true }, wake);
      this.#waiting.add(wake);
      if (signal?.aborted) wake();
      else signal?.addEventListener("abort", wake);
    });
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
  }

  #shardFor(partition: number, now: number): Shard {
    const open = this.#open.get(partition);
    if (open !== undefined && now - open.opened_at < shardMilliseconds) return open;
    if (open !== undefined) this.#close(open, now);
    this.#openShard(partition, open?.shard_id ?? null, now);
    this.reload();
    const opened = this.#open.get(partition);
    if (opened === undefined) throw new Error(`The stream ${this.arn} opened no shard for partition ${partition}.`);
    return opened;
  }

  #openShard(partition: number, parentId: string | null, now: number): void {
    const shardId = `shardId-${String(Math.floor(now)).padStart(20, "0")}-${this.#environment.ids.hex(8)}`;
    this.#statements.openShard.run(this.row.id, shardId, parentId, partition, this.#environment.records.last() + 1, now);
  }

  #close(shard: Shard, now: number): void {
    this.#statements.closeShard.run(Math.max(this.#environment.records.last(), shard.first_sequence), now, shard.id);
  }

  /** Removes what is older than a day: records, and shards that ended before. */
  #trim(now: number): void {
    this.#trimmedAt = now;
    const horizon = now - retentionMilliseconds;
    for (const shard of this.#statements.shards.all(this.row.id)) {
      const last = this.#environment.records.trim(shard.id, horizon);
      if (shard.closed_at !== null && shard.closed_at <= horizon) this.#statements.removeShard.run(shard.id);
      else if (last > 0) this.#statements.trimmed.run(last, shard.id);
    }
  }
}
