// Executions by their names. Names are random, so an index of them costs a page for each execution that begins; therefore the
// latest are kept in memory and go into the index many at a time, in order. A killed process loses nothing: see the constructor.
import type { Database } from "../../storage/database.ts";

/** Names that go into the index together. */
const groupNames = 2_000;

export class ExecutionNames {
  /** Ids by hash, of executions that are not in the index yet. */
  readonly #latest = new Map<number, number[]>();
  #count = 0;
  #lastId = 0;
  readonly #statements;

  constructor(database: Database) {
    this.#statements = {
      add: database.prepare<[number, number]>("INSERT OR IGNORE INTO states_names (hash, execution) VALUES (?, ?)"),
      until: database.prepare<[number]>(
        "INSERT INTO states_names_until VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET execution = excluded.execution",
      ),
      find: database.prepare<[number], { execution: number }>("SELECT execution FROM states_names WHERE hash = ?"),
    };
    const until = database.prepare<[], { execution: number }>("SELECT execution FROM states_names_until").get()?.execution ?? 0;
    const behind = database.prepare<[number], { id: number; name: string }>(
      "SELECT id, name FROM states_executions WHERE id > ? ORDER BY id",
    );
    for (const { id, name } of behind.iterate(until)) this.#keep(id, hashOf(name));
  }

  /** Within the transaction that writes the execution. */
  add(id: number, name: string): void {
    this.#keep(id, hashOf(name));
    if (this.#count >= groupNames) this.#index();
  }

  /** Ids of executions that may have the name, the latest first. */
  find(name: string): number[] {
    const hash = hashOf(name);
    const indexed = this.#statements.find.all(hash).map(({ execution }) => execution);
    return [...new Set([...indexed, ...(this.#latest.get(hash) ?? [])])].toSorted((one, other) => other - one);
  }

  #keep(id: number, hash: number): void {
    const others = this.#latest.get(hash);
    if (others === undefined) this.#latest.set(hash, [id]);
    else others.push(id);
    this.#count += 1;
    this.#lastId = Math.max(this.#lastId, id);
  }

  #index(): void {
    for (const hash of [...this.#latest.keys()].toSorted((one, other) => one - other))
      for (const id of this.#latest.get(hash) ?? []) this.#statements.add.run(hash, id);
    this.#statements.until.run(this.#lastId);
    this.#latest.clear();
    this.#count = 0;
  }
}

/** FNV-1a: only to find a row fast, the name itself is compared too. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
