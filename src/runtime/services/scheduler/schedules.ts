import type { Target } from "@aws-sdk/client-scheduler";
import type { ResourceRef } from "../../../model/trace.ts";
import type { ServiceEnvironment } from "../../kernel/service.ts";
import { Records } from "../../storage/records.ts";
import { notFound } from "./errors.ts";

export interface Schedule {
  readonly region: string;
  readonly group: string;
  readonly name: string;
  readonly arn: string;
  readonly expression: string;
  readonly timeZone: string;
  readonly startAt?: number;
  readonly endAt?: number;
  readonly description?: string;
  readonly state: "ENABLED" | "DISABLED";
  readonly kmsKeyArn?: string;
  /** As it was given. */
  readonly target: Target & { readonly Arn: string; readonly RoleArn: string };
  /** Minutes within which a run may begin; 0: at its moment. */
  readonly windowMinutes: number;
  readonly isDeletedAtEnd: boolean;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export interface Group {
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

const type = "AWS::Scheduler::Schedule";

/** Schedules in their groups; each region has the group `default` from the start. */
export class Schedules {
  readonly #schedules: Records<Schedule>;
  readonly #groups: Records<Group>;
  readonly #environment: ServiceEnvironment;

  constructor(environment: ServiceEnvironment) {
    this.#schedules = new Records(environment.database, "scheduler", "schedule");
    this.#groups = new Records(environment.database, "scheduler", "group");
    this.#environment = environment;
    for (const schedule of this.#schedules.all()) this.#index(schedule);
  }

  find(region: string, group: string, name: string): Schedule | undefined {
    return this.#schedules.get(`${region}/${group}/${name}`);
  }

  get(region: string, group: string, name: string): Schedule {
    const schedule = this.find(region, group, name);
    if (schedule === undefined) throw notFound(`Schedule ${name} does not exist.`);
    return schedule;
  }

  all(): Schedule[] {
    return this.#schedules.all();
  }

  save(schedule: Schedule): void {
    this.#schedules.put(`${schedule.region}/${schedule.group}/${schedule.name}`, schedule);
    this.#index(schedule);
  }

  delete({ region, group, name }: Schedule): void {
    this.#schedules.delete(`${region}/${group}/${name}`);
    this.#environment.kernel.resources.remove("scheduler", `${group}/${name}`, region);
  }

  /** A schedule as spans and effects name it. */
  ref({ region, group, name }: Pick<Schedule, "region" | "group" | "name">): ResourceRef {
    const full = `${group}/${name}`;
    return this.#environment.kernel.resources.find("scheduler", full, region) ?? { service: "scheduler", type, name: full, region };
  }

  findGroup(region: string, name: string): Group | undefined {
    const known = this.#groups.get(`${region}/${name}`);
    if (known !== undefined || name !== "default") return known;
    return { region, name, arn: this.arn(region, `schedule-group/${name}`), tags: {}, createdAt: 0, modifiedAt: 0 };
  }

  group(region: string, name: string): Group {
    const group = this.findGroup(region, name);
    if (group === undefined) throw notFound(`Schedule group ${name} does not exist.`);
    return group;
  }

  groups(region: string): Group[] {
    return [this.group(region, "default"), ...this.#groups.all().filter((group) => group.region === region && group.name !== "default")];
  }

  saveGroup(group: Group): void {
    this.#groups.put(`${group.region}/${group.name}`, group);
  }

  deleteGroup({ region, name }: Group): void {
    this.#groups.delete(`${region}/${name}`);
  }

  arn(region: string, resource: string): string {
    return `arn:aws:scheduler:${region}:${this.#environment.accountId}:${resource}`;
  }

  #index({ region, group, name, arn }: Schedule): void {
    this.#environment.kernel.resources.add({ service: "scheduler", type, name: `${group}/${name}`, region, arn });
  }
}
