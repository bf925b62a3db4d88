// State machines with their versions and aliases: kept in memory, written through to the database.
import type { Kernel } from "../../kernel/service.ts";
import type { Database } from "../../storage/database.ts";
import type { ResourceRef } from "../../../model/trace.ts";
import { parseDefinition } from "../../../model/asl/parse.ts";
import type { StateMachineDefinition } from "../../../model/asl/definition.ts";
import { resourceNotFound, stateMachineDoesNotExist } from "./errors.ts";
import { parseArn } from "./names.ts";

export type MachineType = "STANDARD" | "EXPRESS";

/** What an update may change, and a version keeps. */
export interface Revision {
  readonly definitionId: number;
  readonly roleArn: string;
  readonly logging: LoggingSettings;
  readonly isTracing: boolean;
}

export interface LoggingSettings {
  readonly level: "ALL" | "ERROR" | "FATAL" | "OFF";
  readonly includesData: boolean;
  readonly logGroupArns: readonly string[];
}

export interface Version extends Revision {
  readonly number: number;
  readonly description?: string;
  readonly createdAt: number;
  readonly revisionId: string | null;
}

export interface Alias {
  readonly name: string;
  readonly description?: string;
  readonly routing: readonly { readonly version: number; readonly weight: number }[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface Machine extends Revision {
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly type: MachineType;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** null until the first update. */
  readonly revisionId: string | null;
  readonly nextVersion: number;
  readonly versions: readonly Version[];
  readonly aliases: readonly Alias[];
  readonly tags: Readonly<Record<string, string>>;
}

/** What an execution runs: the machine as it is, one of its versions, perhaps by an alias. */
export interface Target {
  readonly machine: Machine;
  readonly revision: Revision;
  readonly version?: Version;
  readonly alias?: Alias;
}

/** Parsed definitions kept; a machine in use stays. */
const maxParsed = 200;

export class Machines {
  readonly #kernel: Kernel;
  readonly #byKey = new Map<string, Machine>();
  readonly #parsed = new Map<number, StateMachineDefinition>();
  readonly #statements;

  constructor(database: Database, kernel: Kernel) {
    this.#kernel = kernel;
    this.#statements = {
      put: database.prepare<[string, string, string]>("INSERT OR REPLACE INTO states_machines (region, name, record) VALUES (?, ?, ?)"),
      delete: database.prepare<[string, string]>("DELETE FROM states_machines WHERE region = ? AND name = ?"),
      define: database.prepare<[string]>("INSERT INTO states_definitions (text) VALUES (?)"),
      definition: database.prepare<[number], { text: string }>("SELECT text FROM states_definitions WHERE id = ?"),
    };
    for (const row of database.prepare<[], { record: string }>("SELECT record FROM states_machines").all())
      this.#keep(JSON.parse(row.record) as Machine);
  }

  all(region?: string): Machine[] {
    const machines = [...this.#byKey.values()];
    return region === undefined ? machines : machines.filter((machine) => machine.region === region);
  }

  find(region: string, name: string): Machine | undefined {
    return this.#byKey.get(`${region}/${name}`);
  }

  /** By the ARN of the machine itself. */
  get(arn: string | undefined): Machine {
    const target = this.target(arn);
    if (target.version !== undefined || target.alias !== undefined) throw stateMachineDoesNotExist(String(arn));
    return target.machine;
  }

  /** By the ARN of a machine, a version or an alias; an alias gives the version that `draw` (0 ≤ draw < 1) falls on. */
  target(arn: string | undefined, draw = 0): Target {
    const parsed = parseArn(arn, "stateMachineArn");
    const unknown = (): Error => stateMachineDoesNotExist(String(arn));
    if (parsed.type !== "stateMachine") throw unknown();
    const machine = this.find(parsed.region, parsed.name);
    if (machine === undefined || !String(arn).startsWith(machine.arn)) throw unknown();
    const { qualifier } = parsed;
    if (qualifier === undefined) return { machine, revision: machine };
    if (/^\d+$/.test(qualifier)) {
      const version = machine.versions.find(({ number }) => number === Number(qualifier));
      if (version === undefined) throw unknown();
      return { machine, revision: version, version };
    }
    const alias = machine.aliases.find(({ name }) => name === qualifier);
    if (alias === undefined) throw unknown();
    let left = draw * 100;
    const route = alias.routing.find(({ weight }) => (left -= weight) < 0) ?? alias.routing[0];
    const version = machine.versions.find(({ number }) => number === route?.version);
    if (version === undefined) throw unknown();
    return { machine, revision: version, version, alias };
  }

  /** Machine and alias of an alias's ARN. */
  alias(arn: string | undefined): { readonly machine: Machine; readonly alias: Alias } {
    const parsed = parseArn(arn, "stateMachineAliasArn");
    const machine = parsed.type === "stateMachine" ? this.find(parsed.region, parsed.name) : undefined;
    const alias = parsed.type === "stateMachine" ? machine?.aliases.find(({ name }) => name === parsed.qualifier) : undefined;
    if (machine === undefined || alias === undefined) throw resourceNotFound();
    return { machine, alias };
  }

  save(machine: Machine): Machine {
    this.#statements.put.run(machine.region, machine.name, JSON.stringify(machine));
    return this.#keep(machine);
  }

  delete(machine: Machine): void {
    this.#statements.delete.run(machine.region, machine.name);
    this.#byKey.delete(`${machine.region}/${machine.name}`);
    this.#kernel.resources.remove("states", machine.name, machine.region);
  }

  define(text: string): number {
    return Number(this.#statements.define.run(text).lastInsertRowid);
  }

  definitionText(id: number): string {
    return this.#statements.definition.get(id)?.text ?? "";
  }

  definition(id: number): StateMachineDefinition {
    const known = this.#parsed.get(id);
    if (known !== undefined) return known;
    const parsed = parseDefinition(this.definitionText(id));
    if (parsed === undefined) throw new Error(`The definition ${id} in the account database is no JSON object.`);
    const [oldest] = this.#parsed.keys();
    if (this.#parsed.size >= maxParsed && oldest !== undefined) this.#parsed.delete(oldest);
    this.#parsed.set(id, parsed);
    return parsed;
  }

  /** A machine as spans and effects name it, with its logical ID where it has one. */
  ref(machine: { readonly region: string; readonly name: string }): ResourceRef {
    return (
      this.#kernel.resources.find("states", machine.name, machine.region) ?? {
        service: "states",
        type: "AWS::StepFunctions::StateMachine",
        name: machine.name,
        region: machine.region,
      }
    );
  }

  #keep(machine: Machine): Machine {
    if (!this.#byKey.has(`${machine.region}/${machine.name}`)) this.#kernel.resources.add({ ...this.ref(machine), arn: machine.arn });
    this.#byKey.set(`${machine.region}/${machine.name}`, machine);
    return machine;
  }
}

export function versionArn(machine: Machine, number: number): string {
  return `${machine.arn}:${number}`;
}

export function aliasArn(machine: Machine, name: string): string {
  return `${machine.arn}:${name}`;
}
