import type { ResourceRef } from "../../../model/trace.ts";
import type { Kernel } from "../../kernel/service.ts";
import type { Database } from "../../storage/database.ts";
import { migrate } from "../../storage/database.ts";
import { Cache } from "./cache.ts";

const daxTables = [
  `CREATE TABLE dax_clusters (region TEXT NOT NULL, name TEXT NOT NULL, settings TEXT NOT NULL, PRIMARY KEY (region, name));
   CREATE TABLE dax_parameter_groups (region TEXT NOT NULL, name TEXT NOT NULL, settings TEXT NOT NULL, PRIMARY KEY (region, name));`,
] as const;

const defaultTtlMilliseconds = 300_000;

export interface Ttls {
  readonly item: number;
  readonly query: number;
}

export interface ClusterSettings {
  readonly parameterGroup: string | null;
  readonly nodeType: string;
  readonly nodes: number;
}

/** A cluster with what it caches. The cache is memory, as a node's is: a runtime that begins again begins with an empty one. */
export interface Cluster {
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly settings: ClusterSettings;
  readonly items: Cache;
  readonly queries: Cache;
  /** Key attributes of the tables that it writes to. */
  readonly keyNames: Map<string, readonly string[]>;
}

interface Row {
  readonly region: string;
  readonly name: string;
  readonly settings: string;
}

export class Clusters {
  readonly #database: Database;
  readonly #kernel: Kernel;
  readonly #accountId: string;
  readonly #byName = new Map<string, Cluster>();

  constructor(database: Database, kernel: Kernel, accountId: string) {
    migrate(database, "dax", daxTables);
    this.#database = database;
    this.#kernel = kernel;
    this.#accountId = accountId;
    for (const row of database.prepare<[], Row>("SELECT * FROM dax_clusters").all())
      this.#keep(row.region, row.name, JSON.parse(row.settings) as ClusterSettings);
  }

  all(): Cluster[] {
    return [...this.#byName.values()];
  }

  find(region: string, name: string): Cluster | undefined {
    return this.#byName.get(`${region}/${name}`);
  }

  put(region: string, name: string, settings: ClusterSettings): Cluster {
    this.#write("dax_clusters", region, name, settings);
    return this.#keep(region, name, settings);
  }

  remove(region: string, name: string): void {
    this.#database.prepare<[string, string]>("DELETE FROM dax_clusters WHERE region = ? AND name = ?").run(region, name);
    this.#byName.delete(`${region}/${name}`);
    this.#kernel.resources.remove("dax", name, region);
  }

  putGroup(region: string, name: string, ttls: Partial<Ttls>): void {
    this.#write("dax_parameter_groups", region, name, ttls);
  }

  removeGroup(region: string, name: string): void {
    this.#database.prepare<[string, string]>("DELETE FROM dax_parameter_groups WHERE region = ? AND name = ?").run(region, name);
  }

  ttls({ region, settings }: Cluster): Ttls {
    const row = this.#database
      .prepare<[string, string], Row>("SELECT * FROM dax_parameter_groups WHERE region = ? AND name = ?")
      .get(region, settings.parameterGroup ?? "");
    const given = row === undefined ? {} : (JSON.parse(row.settings) as Partial<Ttls>);
    return { item: given.item ?? defaultTtlMilliseconds, query: given.query ?? defaultTtlMilliseconds };
  }

  ref({ region, name }: Pick<Cluster, "region" | "name">): ResourceRef {
    return this.#kernel.resources.find("dax", name, region) ?? { service: "dax", type: "AWS::DAX::Cluster", name, region };
  }

  #write(table: string, region: string, name: string, settings: object): void {
    this.#database
      .prepare<[string, string, string]>(
        `INSERT INTO ${table} VALUES (?, ?, ?) ON CONFLICT (region, name) DO UPDATE SET settings = excluded.settings`,
      )
      .run(region, name, JSON.stringify(settings));
  }

  #keep(region: string, name: string, settings: ClusterSettings): Cluster {
    const known = this.find(region, name);
    const arn = `arn:aws:dax:${region}:${this.#accountId}:cache/${name}`;
    const caches = known ?? { items: new Cache(), queries: new Cache(), keyNames: new Map<string, readonly string[]>() };
    const cluster = { ...caches, region, name, arn, settings };
    this.#byName.set(`${region}/${name}`, cluster);
    this.#kernel.resources.add({ service: "dax", type: "AWS::DAX::Cluster", name, region, arn });
    return cluster;
  }
}
