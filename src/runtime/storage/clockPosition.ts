import { migrate, type Database } from "./database.ts";

export interface ClockPosition {
  /** How many runs this account has seen: a later one with the same seed must not make the same ids again. */
  nextRun(): number;
  /** Virtual milliseconds last written; 0 when none was. */
  read(): number;
  write(now: number): void;
  /** Writes when the virtual clock has left real time, as after a skip. */
  writeJump(now: number): void;
}

const driftMilliseconds = 1_000;

/** Remembers virtual time with the account, so that after a restart nothing stored lies in the future. */
export function clockPosition(database: Database): ClockPosition {
  migrate(database, "kernel", [
    "CREATE TABLE clock_position (id INTEGER PRIMARY KEY CHECK (id = 1), now REAL NOT NULL)",
    "CREATE TABLE runs (run INTEGER PRIMARY KEY)",
  ]);
  const save = database.prepare("INSERT INTO clock_position VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET now = excluded.now");
  const load = database.prepare<[], { now: number }>("SELECT now FROM clock_position");
  let written = load.get()?.now ?? 0;
  function write(now: number): void {
    save.run(now);
    written = now;
  }
  return {
    nextRun: () => Number(database.prepare("INSERT INTO runs DEFAULT VALUES").run().lastInsertRowid) - 1,
    read: () => written,
    write,
    writeJump(now) {
      const isAhead = now - (performance.timeOrigin + performance.now()) > driftMilliseconds;
      if (isAhead && now - written > driftMilliseconds) write(now);
    },
  };
}
