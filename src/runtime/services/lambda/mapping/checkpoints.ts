import type { Database } from "../../../storage/database.ts";
import type { OpenWindow } from "./tumblingWindow.ts";

/** Where a mapping stands in one line of a shard: behind a record, or at the shard's end. */
export interface Checkpoint {
  readonly shard: string;
  /** Which of the parallel lines. */
  readonly line: number;
  /** Of how many: lines of another number hold other keys. */
  readonly lines: number;
  /** Absent: nothing was read yet. */
  readonly after: string | undefined;
  readonly isEnded: boolean;
  /** The tumbling window under way, with its state. */
  readonly window?: OpenWindow | undefined;
}

interface Row {
  readonly shard: string;
  readonly line: number;
  readonly lines: number;
  readonly after: string | null;
  readonly is_ended: number;
  readonly window: string | null;
}

/** How far the mappings of streams have come, so that a restart neither loses nor repeats what was settled. */
export class Checkpoints {
  readonly #statements;

  constructor(database: Database) {
    this.#statements = {
      all: database.prepare<[string], Row>("SELECT shard, line, lines, after, is_ended, window FROM lambda_checkpoints WHERE mapping = ?"),
      save: database.prepare<unknown[]>(
        `INSERT INTO lambda_checkpoints (mapping, shard, line, lines, after, is_ended, window) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (mapping, shard, line) DO UPDATE SET lines = excluded.lines, after = excluded.after, is_ended = excluded.is_ended,
           window = excluded.window`,
      ),
      forget: database.prepare<[string]>("DELETE FROM lambda_checkpoints WHERE mapping = ?"),
      forgetLines: database.prepare<[string, string]>("DELETE FROM lambda_checkpoints WHERE mapping = ? AND shard = ?"),
    };
  }

  of(mapping: string): Checkpoint[] {
    return this.#statements.all.all(mapping).map(({ shard, line, lines, after, is_ended, window }) => ({
      shard,
      line,
      lines,
      after: after ?? undefined,
      isEnded: is_ended === 1,
      ...(window !== null && { window: JSON.parse(window) as OpenWindow }),
    }));
  }

  save(mapping: string, { shard, line, lines, after, isEnded, window }: Checkpoint): void {
    this.#statements.save.run(
      mapping,
      shard,
      line,
      lines,
      after ?? null,
      isEnded ? 1 : 0,
      window === undefined ? null : JSON.stringify(window),
    );
  }

  /** The mapping has gone, or one of its shards is to be divided anew. */
  forget(mapping: string, shard?: string): void {
    if (shard === undefined) this.#statements.forget.run(mapping);
    else this.#statements.forgetLines.run(mapping, shard);
  }
}
