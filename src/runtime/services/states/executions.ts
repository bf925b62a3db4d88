// Executions in the database: the row of each, and its log of events in pieces as they were committed.
import type { Json } from "../../../model/json.ts";
import type { SpanRef } from "../../../model/trace.ts";
import type { Database } from "../../storage/database.ts";
import type { LoggedEvent } from "./history.ts";

export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED" | "PENDING_REDRIVE";

/** What an execution is started with and never changes. */
export interface ExecutionRecord {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly machineName: string;
  readonly machineArn: string;
  readonly versionArn?: string;
  readonly aliasArn?: string;
  readonly type: "STANDARD" | "EXPRESS";
  readonly definitionId: number;
  readonly roleArn: string;
  /** The text as it was given. */
  readonly input: string;
  readonly startedAt: number;
  readonly traceHeader?: string;
  readonly cause: SpanRef | null;
  /** Tokens of its tasks are made with it. */
  readonly secret: string;
  /** A child of a distributed Map. */
  readonly mapRun?: { readonly arn: string; readonly index: number; readonly location: string; readonly context: Json };
  /** Name of the test case of the mock file, given behind `#` in the machine's ARN. */
  readonly mockCase?: string;
}

export interface Outcome {
  readonly status: ExecutionStatus;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly stoppedAt: number | null;
}

/** An execution as it is told. */
export interface Execution extends Outcome {
  readonly id: number;
  readonly record: ExecutionRecord;
  readonly redriveCount: number;
  readonly redrivenAt: number | null;
}

interface ExecutionRow {
  readonly id: number;
  readonly record: string;
  readonly status: ExecutionStatus;
  readonly output: string | null;
  readonly error: string | null;
  readonly cause: string | null;
  readonly stopped_at: number | null;
  readonly redrive_count: number;
  readonly redriven_at: number | null;
}

export interface ExecutionFilter {
  readonly machineArn?: string;
  readonly mapRunArn?: string;
  readonly status?: string;
  readonly isRedriven?: boolean;
  readonly limit: number;
  readonly offset: number;
}

/** More than the events of any execution: a piece of a log is found by its execution and its first event in one number. */
const eventRoom = 2 ** 17;
const columns = "id, record, status, output, error, cause, stopped_at, redrive_count, redriven_at";

export class ExecutionStore {
  readonly #database: Database;
  readonly #statements;
  #nextId: number;

  constructor(database: Database) {
    this.#database = database;
    this.#statements = {
      insert: database.prepare<[number, string, string, string, string | null, string, string, number]>(
        "INSERT INTO states_executions (id, arn, machine_arn, name, map_run_arn, status, record, started_at, redrive_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
      ),
      end: database.prepare<[string, string | null, string | null, string | null, number | null, number]>(
        "UPDATE states_executions SET status = ?, output = ?, error = ?, cause = ?, stopped_at = ? WHERE id = ?",
      ),
      redrive: database.prepare<[number, number]>(
        "UPDATE states_executions SET status = 'RUNNING', output = NULL, error = NULL, cause = NULL, stopped_at = NULL, redrive_count = redrive_count + 1, redriven_at = ? WHERE id = ?",
      ),
      append: database.prepare<[number, string]>("INSERT INTO states_events (id, events) VALUES (?, ?)"),
      byArn: database.prepare<[string], ExecutionRow>(`SELECT ${columns} FROM states_executions WHERE arn = ?`),
      byName: database.prepare<[string], ExecutionRow>(
        `SELECT ${columns} FROM states_executions WHERE name = ? ORDER BY id DESC LIMIT 100`,
      ),
      running: database.prepare<[], ExecutionRow>(`SELECT ${columns} FROM states_executions WHERE status = 'RUNNING' ORDER BY id`),
      events: database.prepare<[number, number], { events: string }>(
        "SELECT events FROM states_events WHERE id >= ? AND id < ? ORDER BY id",
      ),
      pieceOf: database.prepare<[number, number], { id: number | null }>(
        "SELECT max(id) AS id FROM states_events WHERE id >= ? AND id <= ?",
      ),
      ofMapRun: database.prepare<[string], ExecutionRow>(`SELECT ${columns} FROM states_executions WHERE map_run_arn = ? ORDER BY id`),
    };
    this.#nextId = (database.prepare<[], { id: number | null }>("SELECT max(id) AS id FROM states_executions").get()?.id ?? 0) + 1;
  }

  newId(): number {
    return this.#nextId++;
  }

  insert(id: number, record: ExecutionRecord): void {
    this.#statements.insert.run(
      id,
      record.arn,
      record.machineArn,
      record.name,
      record.mapRun?.arn ?? null,
      "RUNNING",
      JSON.stringify(record),
      record.startedAt,
    );
  }

  end(id: number, outcome: Outcome): void {
    this.#statements.end.run(outcome.status, outcome.output ?? null, outcome.error ?? null, outcome.cause ?? null, outcome.stoppedAt, id);
  }

  redrive(id: number, at: number): void {
    this.#statements.redrive.run(at, id);
  }

  append(id: number, events: readonly LoggedEvent[]): void {
    const [first] = events;
    if (first !== undefined) this.#statements.append.run(id * eventRoom + first.id, JSON.stringify(events.map(packed)));
  }

  find(arn: string): Execution | undefined {
    const row = this.#statements.byArn.get(arn);
    return row && executionOf(row);
  }

  /** Of any machine. */
  named(name: string): Execution[] {
    return this.#statements.byName.all(name).map(executionOf);
  }

  running(): Execution[] {
    return this.#statements.running.all().map(executionOf);
  }

  ofMapRun(arn: string): Execution[] {
    return this.#statements.ofMapRun.all(arn).map(executionOf);
  }

  /** `after`: only those after this one. */
  events(id: number, after = 0): LoggedEvent[] {
    const begin = id * eventRoom;
    const piece = after === 0 ? begin : (this.#statements.pieceOf.get(begin, begin + after)?.id ?? begin);
    return this.#statements.events
      .all(piece, begin + eventRoom)
      .flatMap((row) => (JSON.parse(row.events) as PackedEvent[]).map(unpacked))
      .filter((event) => event.id > after);
  }

  list(filter: ExecutionFilter): Execution[] {
    const conditions: string[] = [];
    const values: (string | number)[] = [];
    if (filter.machineArn !== undefined) {
      conditions.push("machine_arn = ?");
      values.push(filter.machineArn);
    }
    if (filter.mapRunArn !== undefined) {
      conditions.push("map_run_arn = ?");
      values.push(filter.mapRunArn);
    }
    if (filter.status !== undefined) {
      conditions.push("status = ?");
      values.push(filter.status);
    }
    if (filter.isRedriven !== undefined) conditions.push(filter.isRedriven ? "redrive_count > 0" : "redrive_count = 0");
    const order = filter.mapRunArn === undefined ? "started_at DESC, id DESC" : "id DESC";
    return this.#database
      .prepare<(string | number)[], ExecutionRow>(
        `SELECT ${columns} FROM states_executions WHERE ${conditions.join(" AND ")} ORDER BY ${order} LIMIT ? OFFSET ?`,
      )
      .all(...values, filter.limit, filter.offset)
      .map(executionOf);
  }
}

function executionOf(row: ExecutionRow): Execution {
  return {
    id: row.id,
    record: JSON.parse(row.record) as ExecutionRecord,
    status: row.status,
    ...(row.output !== null && { output: row.output }),
    ...(row.error !== null && { error: row.error }),
    ...(row.cause !== null && { cause: row.cause }),
    stoppedAt: row.stopped_at,
    redriveCount: row.redrive_count,
    redrivenAt: row.redriven_at,
  };
}

/** An event as it is stored: short, since most of what a Standard execution costs is to write it. */
type PackedEvent = [
  id: number,
  previous: number,
  at: number,
  type: LoggedEvent["type"],
  details?: LoggedEvent["details"] | null,
  frame?: string,
  next?: string | null,
  retries?: readonly number[] | null,
  hop?: string,
];

function packed({ id, previous, at, type, details, frame, next, retries, hop }: LoggedEvent): PackedEvent {
  const moment = Math.round(at * 1000) / 1000;
  if (hop !== undefined) return [id, previous, moment, type, details ?? null, frame, next ?? null, retries ?? null, hop];
  if (retries !== undefined) return [id, previous, moment, type, details ?? null, frame, next ?? null, retries];
  if (next !== undefined) return [id, previous, moment, type, details ?? null, frame, next];
  return frame === "" ? [id, previous, moment, type, details ?? null] : [id, previous, moment, type, details ?? null, frame];
}

function unpacked([id, previous, at, type, details, frame = "", next, retries, hop]: PackedEvent): LoggedEvent {
  return {
    id,
    previous,
    at,
    type,
    frame,
    ...(details !== null && details !== undefined && { details }),
    ...(next !== null && next !== undefined && { next }),
    ...(retries !== undefined && retries !== null && { retries }),
    ...(hop !== undefined && { hop }),
  };
}
