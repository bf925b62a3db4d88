// Map runs: the distributed Maps of executions, with the numbers of their items.
import type { Database } from "../../storage/database.ts";
import { resourceNotFound } from "./errors.ts";

export interface MapRunCounts {
  total: number;
  pending: number;
  running: number;
  succeeded: number;
  failed: number;
  timedOut: number;
  aborted: number;
  resultsWritten: number;
}

export interface MapRun {
  readonly arn: string;
  readonly executionArn: string;
  readonly machineArn: string;
  readonly startedAt: number;
  stoppedAt: number | null;
  status: "RUNNING" | "SUCCEEDED" | "FAILED" | "ABORTED";
  maxConcurrency: number;
  toleratedFailureCount: number;
  toleratedFailurePercentage: number;
  readonly items: MapRunCounts;
  readonly executions: MapRunCounts;
}

export class MapRuns {
  readonly #statements;
  readonly #running = new Map<string, MapRun>();
  readonly #changed = new Map<string, () => void>();

  constructor(database: Database) {
    this.#statements = {
      put: database.prepare<[string, string, string]>(
        "INSERT OR REPLACE INTO states_map_runs (arn, execution_arn, record) VALUES (?, ?, ?)",
      ),
      find: database.prepare<[string], { record: string }>("SELECT record FROM states_map_runs WHERE arn = ?"),
      of: database.prepare<[string], { record: string }>("SELECT record FROM states_map_runs WHERE execution_arn = ? ORDER BY rowid DESC"),
    };
  }

  save(mapRun: MapRun): void {
    this.#statements.put.run(mapRun.arn, mapRun.executionArn, JSON.stringify(mapRun));
    if (mapRun.status === "RUNNING") this.#running.set(mapRun.arn, mapRun);
    else this.#running.delete(mapRun.arn);
  }

  get(arn: string): MapRun {
    const mapRun = this.find(arn);
    if (mapRun === undefined) throw resourceNotFound(arn);
    return mapRun;
  }

  find(arn: string): MapRun | undefined {
    const row = this.#running.get(arn) ?? this.#statements.find.get(arn);
    if (row === undefined) return undefined;
    return "record" in row ? (JSON.parse(row.record) as MapRun) : row;
  }

  of(executionArn: string): MapRun[] {
    return this.#statements.of.all(executionArn).map(({ record }) => {
      const stored = JSON.parse(record) as MapRun;
      return this.#running.get(stored.arn) ?? stored;
    });
  }

  /** Told when the settings of a running one are changed. */
  onChange(arn: string, changed: () => void): () => void {
    this.#changed.set(arn, changed);
    return () => this.#changed.delete(arn);
  }

  changed(mapRun: MapRun): void {
    this.save(mapRun);
    this.#changed.get(mapRun.arn)?.();
  }
}

export function emptyCounts(total: number): MapRunCounts {
  return { total, pending: total, running: 0, succeeded: 0, failed: 0, timedOut: 0, aborted: 0, resultsWritten: 0 };
}
