// Executions in the database: the row of each, and its log of events in pieces as they were committed.
import type { Json } from "../../../model/json.ts";
import type { SpanRef } from "../../../model/trace.ts";
import type { Database } from "../../storage/database.ts";
import type { LoggedEvent } from "./history.ts";
import { ExecutionNames } from "./executionNames.ts";
import { packEvents, unpackEvents } from "./packedEvents.ts";

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
  readonly arn: string;
  readonly name: string;
  readonly machine_arn: string;
  readonly started_at: number;
  /** The record's members that have no column. */
  readonly record: string;
  readonly input: string;
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
  /** Text in the name. */
  readonly text?: string;
  readonly limit: number;
  readonly offset: number;
  /** Inputs and outputs, which may be large, are empty. */
  readonly isWithoutData?: boolean;
}

const columns =
  "id, arn, name, machine_arn, started_at, record, input, status, output, error, cause, stopped_at, redrive_count, redriven_at";
const columnsWithoutData = columns.replace("input", "'' AS input").replace("output", "NULL AS output");

export class ExecutionStore {
  readonly #database: Database;
  readonly #statements;
  readonly #names: ExecutionNames;
  #nextId: number;

  constructor(database: Database) {
    this.#database = database;
    this.#names = new ExecutionNames(database);
    this.#statements = {
      insert: database.prepare<(string | number | null)[]>(
        `INSERT INTO states_executions (id, arn, machine_arn, name, map_run_arn, record, input, started_at, redrive_count, status, output, error, cause, stopped_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?)`,
      ),
      end: database.prepare<[string, string | null, string | null, string | null, number | null, number]>(
        "UPDATE states_executions SET status = ?, output = ?, error = ?, cause = ?, stopped_at = ? WHERE id = ?",
      ),
      redrive: database.prepare<[number, number]>(
        "UPDATE states_executions SET status = 'RUNNING', output = NULL, error = NULL, cause = NULL, stopped_at = NULL, redrive_count = redrive_count + 1, redriven_at = ? WHERE id = ?",
      ),
      append: database.prepare<[number, number, string]>("INSERT INTO states_log (execution, first_event, events) VALUES (?, ?, ?)"),
      byId: database.prepare<[number], ExecutionRow>(`SELECT ${columns} FROM states_executions WHERE id = ?`),
      running: database.prepare<[], ExecutionRow>(`SELECT ${columns} FROM states_executions WHERE status = 'RUNNING' ORDER BY id`),
      events: database.prepare<[number, number], { events: string }>(
        "SELECT events FROM states_log WHERE execution = ? AND first_event >= ? ORDER BY first_event",
      ),
      pieceOf: database.prepare<[number, number], { first: number | null }>(
        "SELECT max(first_event) AS first FROM states_log WHERE execution = ? AND first_event <= ?",
      ),
      ofMapRun: database.prepare<[string], ExecutionRow>(`SELECT ${columns} FROM states_executions WHERE map_run_arn = ? ORDER BY id`),
    };
    this.#nextId = (database.prepare<[], { id: number | null }>("SELECT max(id) AS id FROM states_executions").get()?.id ?? 0) + 1;
  }

  newId(): number {
    return this.#nextId++;
  }

  /** `outcome`: how it has ended, or that it runs. */
  insert(id: number, record: ExecutionRecord, outcome: Outcome): void {
    const { arn, name, machineArn, startedAt, input, ...rest } = record;
    const { status, output = null, error = null, cause = null, stoppedAt } = outcome;
    const mapRunArn = record.mapRun?.arn ?? null;
    const text = JSON.stringify(rest);
    this.#statements.insert.run(id, arn, machineArn, name, mapRunArn, text, input, startedAt, status, output, error, cause, stoppedAt);
    this.#names.add(id, name);
  }

  end(id: number, outcome: Outcome): void {
    this.#statements.end.run(outcome.status, outcome.output ?? null, outcome.error ?? null, outcome.cause ?? null, outcome.stoppedAt, id);
  }

  redrive(id: number, at: number): void {
    this.#statements.redrive.run(at, id);
  }

  append(id: number, events: readonly LoggedEvent[]): void {
    const [first] = events;
    if (first !== undefined) this.#statements.append.run(id, first.id, packEvents(events));
  }

  find(arn: string): Execution | undefined {
    return this.named(arn.slice(arn.lastIndexOf(":") + 1)).find(({ record }) => record.arn === arn);
  }

  /** Of any machine; the latest first. */
  named(name: string): Execution[] {
    return this.#names.find(name).flatMap((id) => {
      const row = this.#statements.byId.get(id);
      return row?.name === name ? [executionOf(row)] : [];
    });
  }

  running(): Execution[] {
    return this.#statements.running.all().map(executionOf);
  }

  ofMapRun(arn: string): Execution[] {
    return this.#statements.ofMapRun.all(arn).map(executionOf);
  }

  /** `after`: only those after this one. */
  events(id: number, after = 0): LoggedEvent[] {
    const piece = after === 0 ? 0 : (this.#statements.pieceOf.get(id, after)?.first ?? 0);
    const found = this.#statements.events.all(id, piece).flatMap((row) => unpackEvents(row.events));
    return after === 0 ? found : found.filter((event) => event.id > after);
  }

  list(filter: ExecutionFilter): Execution[] {
    const { where, values } = conditionsOf(filter);
    const order = filter.mapRunArn === undefined ? "started_at DESC, id DESC" : "id DESC";
    return this.#database
      .prepare<(string | number)[], ExecutionRow>(
        `SELECT ${filter.isWithoutData === true ? columnsWithoutData : columns} FROM ${tableFor(filter)} WHERE ${where} ORDER BY ${order} LIMIT ? OFFSET ?`,
      )
      .all(...values, filter.limit, filter.offset)
      .map(executionOf);
  }

  count(filter: Omit<ExecutionFilter, "limit" | "offset">): number {
    const { where, values } = conditionsOf(filter);
    const counted = this.#database.prepare<string[], { count: number }>(`SELECT count(*) AS count FROM ${tableFor(filter)} WHERE ${where}`);
    return counted.get(...values)?.count ?? 0;
  }
}

/** Those that run are few among many that ended: their index is the shorter way. */
function tableFor({ status }: Omit<ExecutionFilter, "limit" | "offset">): string {
  return status === "RUNNING" ? "states_executions INDEXED BY states_executions_running" : "states_executions";
}

function conditionsOf(filter: Omit<ExecutionFilter, "limit" | "offset">): { readonly where: string; readonly values: readonly string[] } {
  const conditions: string[] = [];
  const values: string[] = [];
  if (filter.machineArn !== undefined) {
    conditions.push("machine_arn = ?");
    values.push(filter.machineArn);
  }
  if (filter.mapRunArn !== undefined) {
    conditions.push("map_run_arn = ?");
    values.push(filter.mapRunArn);
  }
  if (filter.status === "RUNNING") conditions.push("status = 'RUNNING'");
  else if (filter.status !== undefined) {
    conditions.push("status = ?");
    values.push(filter.status);
  }
  if (filter.isRedriven !== undefined) conditions.push(filter.isRedriven ? "redrive_count > 0" : "redrive_count = 0");
  if (filter.text !== undefined) {
    conditions.push("instr(name, ?) > 0");
    values.push(filter.text);
  }
  return { where: conditions.join(" AND "), values };
}

function executionOf(row: ExecutionRow): Execution {
  return {
    id: row.id,
    record: {
      ...(JSON.parse(row.record) as ExecutionRecord),
      arn: row.arn,
      name: row.name,
      machineArn: row.machine_arn,
      startedAt: row.started_at,
      input: row.input,
    },
    status: row.status,
    ...(row.output !== null && { output: row.output }),
    ...(row.error !== null && { error: row.error }),
    ...(row.cause !== null && { cause: row.cause }),
    stoppedAt: row.stopped_at,
    redriveCount: row.redrive_count,
    redrivenAt: row.redriven_at,
  };
}
