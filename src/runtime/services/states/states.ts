import { createHash } from "node:crypto";
import type { Sources } from "../../../model/asl/sources.ts";
import type { ServiceEnvironment } from "../../kernel/service.ts";
import { migrate } from "../../storage/database.ts";
import { Activities } from "./activities.ts";
import { ExecutionStore } from "./executions.ts";
import { ExecutionLog } from "./executionLog.ts";
import { ExpressStarts } from "./expressStarts.ts";
import { Journal } from "./journal.ts";
import { Machines } from "./machines.ts";
import { MapRuns } from "./mapRuns.ts";
import { MapRunTallies } from "./mapRunTally.ts";
import { Runs } from "./runs.ts";
import { statesTables } from "./tables.ts";

/** So long executions may work before other work has its turn. */
const workMilliseconds = 8;

/** What every operation of this service works with. */
export class States {
  readonly environment: ServiceEnvironment;
  readonly machines: Machines;
  readonly activities: Activities;
  readonly executions: ExecutionStore;
  readonly journal: Journal;
  readonly mapRuns: MapRuns;
  readonly tallies: MapRunTallies;
  readonly expressStarts: ExpressStarts;
  readonly runs: Runs;
  /** What expressions draw from. */
  readonly sources: Sources;
  readonly log: ExecutionLog;
  isStopping = false;
  /** Real milliseconds: when executions last gave way to other work. */
  #breathedAt = 0;
  #breath: Promise<void> | undefined;

  constructor(environment: ServiceEnvironment) {
    const { database, kernel } = environment;
    migrate(database, "states", statesTables);
    this.environment = environment;
    this.sources = {
      uuid: () => kernel.ids.uuid(),
      random: () => kernel.ids.random(),
      now: () => kernel.clock.now(),
      digest: (algorithm, text) => createHash(algorithm.toLowerCase().replace("-", "")).update(text).digest("hex"),
      elapsed: () => performance.now(),
      pause: () => new Promise(setImmediate),
    };
    this.machines = new Machines(database, kernel);
    this.activities = new Activities(database, kernel);
    this.executions = new ExecutionStore(database);
    this.journal = new Journal(database, this.executions);
    this.mapRuns = new MapRuns(database);
    this.tallies = new MapRunTallies(database);
    this.expressStarts = new ExpressStarts(database);
    this.runs = new Runs(this);
    this.log = new ExecutionLog(this);
  }

  arn(region: string, resource: string): string {
    return `arn:aws:states:${region}:${this.environment.accountId}:${resource}`;
  }

  /** Lets other work run when executions had their time: states that lead in a circle must not block the process. One breath is for all. */
  breathe(): Promise<void> | undefined {
    if (this.#breath === undefined && performance.now() - this.#breathedAt < workMilliseconds) return undefined;
    this.#breath ??= this.journal.commit().then(() => {
      this.#breathedAt = performance.now();
      this.#breath = undefined;
    });
    return this.#breath;
  }

  /** What was acknowledged is in the database already; what was not is done again by the next process. */
  async stop(): Promise<void> {
    this.journal.flush();
    this.expressStarts.flush();
    this.isStopping = true;
    this.runs.abandon();
    await this.log.flush();
  }
}
