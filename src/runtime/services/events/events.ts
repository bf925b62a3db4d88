import type { ServiceEnvironment } from "../../kernel/service.ts";
import { migrate } from "../../storage/database.ts";
import { Buses } from "./buses.ts";
import { Deliveries } from "./deliveries.ts";
import { Rules, type Rule } from "./rules.ts";
import { RuleSchedules } from "./ruleSchedules.ts";
import { eventsTables } from "./tables.ts";

/** What every operation of this service works with. */
export class Events {
  readonly environment: ServiceEnvironment;
  readonly buses: Buses;
  readonly rules: Rules;
  readonly deliveries: Deliveries;
  readonly schedules: RuleSchedules;

  constructor(environment: ServiceEnvironment) {
    const { database, kernel, accountId } = environment;
    migrate(database, "events", eventsTables);
    this.environment = environment;
    this.buses = new Buses(database, kernel, accountId);
    this.rules = new Rules(database, kernel, accountId);
    this.deliveries = new Deliveries(this);
    this.schedules = new RuleSchedules(this);
  }

  saveRule(rule: Rule): void {
    this.rules.save(rule);
    this.schedules.follow(rule);
  }

  deleteRule(rule: Rule): void {
    this.rules.delete(rule);
    this.schedules.forget(rule);
  }

  /** Once the targets are there: what waited goes on. */
  arm(): void {
    this.deliveries.resume();
    for (const rule of this.rules.all()) this.schedules.follow(rule);
  }

  stop(): void {
    this.schedules.stop();
    this.deliveries.stop();
  }
}
