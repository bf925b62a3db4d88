import type { ResourceRef } from "../../../model/trace.ts";
import type { Kernel } from "../../kernel/service.ts";
import type { Database } from "../../storage/database.ts";
import { Records } from "../../storage/records.ts";
import { busDoesNotExist } from "./errors.ts";
import { arnOf, busNameOf } from "./names.ts";

export interface Bus {
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly kmsKeyIdentifier?: string;
  readonly deadLetterArn?: string;
  /** IAM statements by their Sid: kept, not enforced. */
  readonly policy: readonly PolicyStatement[];
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export type PolicyStatement = Readonly<Record<string, unknown>>;

const type = "AWS::Events::EventBus";

/** Event buses; each region has its default one from the start. */
export class Buses {
  readonly #records: Records<Bus>;
  readonly #kernel: Kernel;
  readonly #accountId: string;

  constructor(database: Database, kernel: Kernel, accountId: string) {
    this.#records = new Records(database, "events", "bus");
    this.#kernel = kernel;
    this.#accountId = accountId;
    for (const bus of this.#records.all()) if (bus.name !== "default") this.#index(bus);
  }

  find(region: string, name: string): Bus | undefined {
    const known = this.#records.get(`${region}/${name}`);
    return known ?? (name === "default" ? this.#made(region, name, 0) : undefined);
  }

  /** By name or ARN; absent: the default bus. */
  get(region: string, nameOrArn: string | undefined): Bus {
    const name = busNameOf(nameOrArn);
    const bus = this.find(region, name);
    if (bus === undefined) throw busDoesNotExist(name);
    return bus;
  }

  /** The default bus first, the others by name. */
  all(region: string): Bus[] {
    const others = this.#records.all().filter((bus) => bus.region === region && bus.name !== "default");
    return [this.get(region, "default"), ...others.sort((a, b) => (a.name < b.name ? -1 : 1))];
  }

  /** Those that were made. */
  known(): Bus[] {
    return this.#records.all();
  }

  make(region: string, name: string, now: number): Bus {
    return this.#made(region, name, now);
  }

  save(bus: Bus): void {
    this.#records.put(`${bus.region}/${bus.name}`, bus);
    if (bus.name !== "default") this.#index(bus);
  }

  delete(bus: Bus): void {
    this.#records.delete(`${bus.region}/${bus.name}`);
    this.#kernel.resources.remove("events", bus.name, bus.region);
  }

  /**
   * The default bus is there without being made. It stands in the index of resources while something listens on it, so that
   * services need not put events that nobody hears.
   */
  setHeard(region: string, isHeard: boolean): void {
    if (isHeard) this.#index(this.get(region, "default"));
    else this.#kernel.resources.remove("events", "default", region);
  }

  /** A bus as spans and effects name it. */
  ref({ region, name }: { readonly region: string; readonly name: string }): ResourceRef {
    return this.#kernel.resources.find("events", name, region) ?? { service: "events", type, name, region };
  }

  #made(region: string, name: string, now: number): Bus {
    const arn = arnOf({ region, accountId: this.#accountId }, `event-bus/${name}`);
    return { region, name, arn, policy: [], tags: {}, createdAt: now, modifiedAt: now };
  }

  #index({ region, name, arn }: Bus): void {
    this.#kernel.resources.add({ service: "events", type, name, region, arn });
  }
}
