import type { ServiceEnvironment } from "../../kernel/service.ts";
import { migrate } from "../../storage/database.ts";
import { Runs } from "./runs.ts";
import { Schedules, type Schedule } from "./schedules.ts";
import { schedulerTables } from "./tables.ts";

/** What every operation of this service works with. */
export class Scheduler {
  readonly environment: ServiceEnvironment;
  readonly schedules: Schedules;
  readonly runs: Runs;

  constructor(environment: ServiceEnvironment) {
    migrate(environment.database, "scheduler", schedulerTables);
    this.environment = environment;
    this.schedules = new Schedules(environment);
    this.runs = new Runs(environment, this.schedules);
  }

  save(schedule: Schedule): void {
    this.schedules.save(schedule);
    this.runs.follow(schedule, true);
  }

  delete(schedule: Schedule): void {
    this.runs.forget(schedule);
    this.schedules.delete(schedule);
  }
}
