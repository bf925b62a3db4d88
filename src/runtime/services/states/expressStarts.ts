// Express executions that nobody waits for run at least once: what was accepted and has not ended is written down, so that the next
// process begins it again. One that ends within its turn of the event loop costs no write at all.
import type { Database } from "../../storage/database.ts";
import type { ExecutionRecord } from "./executions.ts";

export class ExpressStarts {
  readonly #statements;
  readonly #write: () => void;
  /** Not written yet. */
  readonly #begun = new Map<string, ExecutionRecord>();
  readonly #written = new Set<string>();
  readonly #ended = new Set<string>();
  #committing: Promise<void> | undefined;

  constructor(database: Database) {
    this.#statements = {
      insert: database.prepare<[string, string]>("INSERT OR REPLACE INTO states_express_starts (arn, record) VALUES (?, ?)"),
      delete: database.prepare<[string]>("DELETE FROM states_express_starts WHERE arn = ?"),
      all: database.prepare<[], { record: string }>("SELECT record FROM states_express_starts"),
    };
    this.#write = database.transaction(() => {
      for (const [arn, record] of this.#begun) this.#statements.insert.run(arn, JSON.stringify(record));
      for (const arn of this.#ended) this.#statements.delete.run(arn);
    });
  }

  /** Resolves when it will run, whatever happens to the process. */
  accept(record: ExecutionRecord): Promise<void> {
    this.#begun.set(record.arn, record);
    return this.#commit();
  }

  ended(arn: string): void {
    if (this.#begun.delete(arn) || !this.#written.delete(arn)) return;
    this.#ended.add(arn);
    void this.#commit();
  }

  flush(): void {
    this.#committing = undefined;
    if (this.#begun.size === 0 && this.#ended.size === 0) return;
    this.#write();
    for (const arn of this.#begun.keys()) this.#written.add(arn);
    this.#begun.clear();
    this.#ended.clear();
  }

  /** What the process before had accepted and did not bring to an end. */
  left(): ExecutionRecord[] {
    const records = this.#statements.all.all().map(({ record }) => JSON.parse(record) as ExecutionRecord);
    for (const { arn } of records) this.#written.add(arn);
    return records;
  }

  #commit(): Promise<void> {
    this.#committing ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        try {
          this.flush();
          resolve();
        } catch (error) {
          reject(error);
        }
      });
    });
    return this.#committing;
  }
}
