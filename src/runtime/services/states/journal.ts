// What executions did and is not yet in the database: written for all of them together, once per turn of the event loop.
import type { Database } from "../../storage/database.ts";
import type { ExecutionRecord, ExecutionStore, Outcome } from "./executions.ts";
import type { LoggedEvent } from "./history.ts";

/** Of one execution, what is to be written. */
export interface Unwritten {
  readonly id: number;
  events: LoggedEvent[];
  /** Its row is not there yet. */
  begun?: ExecutionRecord;
  /** It was redriven at this moment. */
  redrivenAt?: number;
  ended?: Outcome;
}

const running: Outcome = { status: "RUNNING", stoppedAt: null };

export class Journal {
  readonly #store: ExecutionStore;
  readonly #pending = new Set<Unwritten>();
  readonly #write: () => void;
  #committing: Promise<void> | undefined;

  constructor(database: Database, store: ExecutionStore) {
    this.#store = store;
    this.#write = database.transaction(() => this.#writePending());
  }

  /** Says that there is something to write; nothing is promised before `commit` or `flush`. */
  add(unwritten: Unwritten): void {
    this.#pending.add(unwritten);
  }

  /** Resolves when all that was added so far is in the database. */
  commit(): Promise<void> {
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

  flush(): void {
    this.#committing = undefined;
    if (this.#pending.size > 0) this.#write();
  }

  #writePending(): void {
    for (const unwritten of this.#pending) {
      if (unwritten.begun !== undefined) this.#store.insert(unwritten.id, unwritten.begun, unwritten.ended ?? running);
      if (unwritten.redrivenAt !== undefined) this.#store.redrive(unwritten.id, unwritten.redrivenAt);
      if (unwritten.events.length > 0) this.#store.append(unwritten.id, unwritten.events);
      if (unwritten.ended !== undefined && unwritten.begun === undefined) this.#store.end(unwritten.id, unwritten.ended);
    }
    for (const unwritten of this.#pending) {
      unwritten.events = [];
      delete unwritten.begun;
      delete unwritten.redrivenAt;
      delete unwritten.ended;
    }
    this.#pending.clear();
  }
}
