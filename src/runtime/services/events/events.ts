import type { ServiceEnvironment } from "../../kernel/service.ts";
import { migrate } from "../../storage/database.ts";
import { Buses } from "./buses.ts";
import { Archives } from "./archive/archives.ts";
import { Replays } from "./archive/replays.ts";
import { RecentEvents } from "./recentEvents.ts";
import { ApiDestinations } from "./http/apiDestinations.ts";
import { CallRates } from "./http/callRates.ts";
import { Connections } from "./http/connections.ts";
import { OAuthTokens } from "./http/oauthTokens.ts";
import type { RetriedDeliveries } from "../../kernel/retriedDeliveries.ts";
import { openDeliveries, type Delivery } from "./deliveries.ts";
import { Rules, type Rule } from "./rules.ts";
import { RuleSchedules } from "./ruleSchedules.ts";
import { eventsTables } from "./tables.ts";

/** What every operation of this service works with. */
export class Events {
  readonly environment: ServiceEnvironment;
  readonly buses: Buses;
  readonly rules: Rules;
  readonly deliveries: RetriedDeliveries<Delivery>;
  readonly schedules: RuleSchedules;
  readonly archives: Archives;
  readonly replays: Replays;
  readonly recent = new RecentEvents();
  readonly connections: Connections;
  readonly destinations: ApiDestinations;
  readonly callRates: CallRates;
  readonly tokens = new OAuthTokens();

  constructor(environment: ServiceEnvironment) {
    const { database, kernel, accountId } = environment;
    migrate(database, "events", eventsTables);
    this.environment = environment;
    this.buses = new Buses(database, kernel, accountId);
    this.rules = new Rules(database, kernel, accountId);
    this.deliveries = openDeliveries(this);
    this.schedules = new RuleSchedules(this);
    this.archives = new Archives(environment);
    this.replays = new Replays(this);
    this.connections = new Connections(environment);
    this.destinations = new ApiDestinations(environment);
    this.callRates = new CallRates(kernel.clock);
  }

  saveRule(rule: Rule): void {
    this.rules.save(rule);
    this.schedules.follow(rule);
    this.hear(rule.region);
  }

  deleteRule(rule: Rule): void {
    this.rules.delete(rule);
    this.schedules.forget(rule);
    this.hear(rule.region);
  }

  /** Says whether anything listens on the default bus of a region. */
  hear(region: string): void {
    this.buses.setHeard(region, this.rules.listening(region, "default").length + this.archives.of(region, "default").length > 0);
  }

  /** Once the targets are there: what waited goes on. */
  arm(): void {
    this.replays.resume();
    this.deliveries.resume();
    for (const rule of this.rules.all()) this.schedules.follow(rule);
    for (const region of new Set([...this.rules.all(), ...this.archives.everywhere()].map((one) => one.region))) this.hear(region);
  }

  stop(): void {
    this.schedules.stop();
    this.deliveries.stop();
  }
}
