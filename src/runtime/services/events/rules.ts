import { parsePattern, type EventPattern } from "../../../model/eventBridge/pattern.ts";
import type { Target } from "@aws-sdk/client-eventbridge";
import type { ResourceRef } from "../../../model/trace.ts";
import type { Kernel } from "../../kernel/service.ts";
import type { Database } from "../../storage/database.ts";
import { Records } from "../../storage/records.ts";
import type { Bus } from "./buses.ts";
import { ruleDoesNotExist } from "./errors.ts";
import { ruleArn } from "./names.ts";

export interface Rule {
  readonly region: string;
  readonly bus: string;
  readonly name: string;
  readonly arn: string;
  readonly pattern?: string;
  readonly schedule?: string;
  readonly state: "ENABLED" | "DISABLED" | "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
  readonly description?: string;
  readonly roleArn?: string;
  readonly targets: readonly RuleTarget[];
  readonly tags: Readonly<Record<string, string>>;
  /** When it was made or its schedule changed: a rate counts from here. */
  readonly scheduledFrom: number;
}

/** As PutTargets gave it. */
export type RuleTarget = Target & { readonly Id: string; readonly Arn: string };

const type = "AWS::Events::Rule";

/** Rules with their targets, and their patterns ready to match. */
export class Rules {
  readonly #records: Records<Rule>;
  readonly #kernel: Kernel;
  readonly #accountId: string;
  readonly #patterns = new Map<string, EventPattern>();
  /** By region and bus: those that match events. */
  readonly #listening = new Map<string, Rule[]>();

  constructor(database: Database, kernel: Kernel, accountId: string) {
    this.#records = new Records(database, "events", "rule");
    this.#kernel = kernel;
    this.#accountId = accountId;
    for (const rule of this.#records.all()) this.#index(rule);
  }

  find(bus: Pick<Bus, "region" | "name">, name: string): Rule | undefined {
    return this.#records.get(keyOf(bus.region, bus.name, name));
  }

  get(bus: Pick<Bus, "region" | "name">, name: string): Rule {
    const rule = this.find(bus, name);
    if (rule === undefined) throw ruleDoesNotExist(name, bus.name);
    return rule;
  }

  /** By name. */
  of(bus: Pick<Bus, "region" | "name">): Rule[] {
    return this.#records
      .all()
      .filter((rule) => rule.region === bus.region && rule.bus === bus.name)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  all(): Rule[] {
    return this.#records.all();
  }

  findByArn(arn: string): Rule | undefined {
    return this.#records.all().find((rule) => rule.arn === arn);
  }

  arn(bus: Pick<Bus, "region" | "name">, name: string): string {
    return ruleArn({ region: bus.region, accountId: this.#accountId }, bus.name, name);
  }

  /** Rules of a bus that have a pattern and are enabled. */
  listening(region: string, bus: string): readonly Rule[] {
    return this.#listening.get(`${region}/${bus}`) ?? [];
  }

  patternOf(rule: Rule): EventPattern | undefined {
    if (rule.pattern === undefined) return undefined;
    const known = this.#patterns.get(rule.pattern);
    if (known !== undefined) return known;
    const pattern = parsePattern(rule.pattern);
    this.#patterns.set(rule.pattern, pattern);
    return pattern;
  }

  save(rule: Rule): void {
    this.#records.put(keyOf(rule.region, rule.bus, rule.name), rule);
    this.#index(rule);
  }

  delete(rule: Rule): void {
    this.#records.delete(keyOf(rule.region, rule.bus, rule.name));
    this.#unlisten(rule);
    this.#kernel.resources.remove("events", indexName(rule), rule.region);
  }

  /** A rule as spans and effects name it. */
  ref(rule: Pick<Rule, "region" | "bus" | "name">): ResourceRef {
    const name = indexName(rule);
    return this.#kernel.resources.find("events", name, rule.region) ?? { service: "events", type, name, region: rule.region };
  }

  #index(rule: Rule): void {
    this.#kernel.resources.add({ service: "events", type, name: indexName(rule), region: rule.region, arn: rule.arn });
    this.#unlisten(rule);
    if (rule.pattern === undefined || rule.state === "DISABLED") return;
    const key = `${rule.region}/${rule.bus}`;
    this.#listening.set(key, [...(this.#listening.get(key) ?? []), rule]);
  }

  #unlisten(rule: Rule): void {
    const key = `${rule.region}/${rule.bus}`;
    const others = this.#listening.get(key)?.filter((one) => one.name !== rule.name);
    if (others !== undefined) this.#listening.set(key, others);
  }
}

/** As CloudFormation's Ref gives it: rules of one's own buses have the bus in front. */
export function indexName({ bus, name }: Pick<Rule, "bus" | "name">): string {
  return `${bus}|${name}`;
}

function keyOf(region: string, bus: string, name: string): string {
  return `${region}/${bus}|${name}`;
}
