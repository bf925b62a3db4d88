import { migrate } from "../../storage/database.ts";
import type { Database } from "../../storage/database.ts";
import { aliasNotFound, functionNotFound, resourceNotFound } from "./errors.ts";
import type { FunctionRecord, FunctionUrl, FunctionVersion } from "./function.ts";
import { functionArn } from "./function.ts";
import type { FunctionName } from "./naming.ts";

const schema = [
  `CREATE TABLE lambda_functions (region TEXT NOT NULL, name TEXT NOT NULL, record TEXT NOT NULL, UNIQUE (region, name))`,
  `CREATE TABLE lambda_mappings (id TEXT PRIMARY KEY, record TEXT NOT NULL)`,
  `CREATE TABLE lambda_events (id TEXT PRIMARY KEY, due_at REAL NOT NULL, record TEXT NOT NULL, payload BLOB NOT NULL)`,
  `CREATE TABLE lambda_layers (arn TEXT PRIMARY KEY, record TEXT NOT NULL)`,
  `CREATE TABLE lambda_checkpoints (
     mapping TEXT NOT NULL, shard TEXT NOT NULL, line INTEGER NOT NULL, lines INTEGER NOT NULL, after TEXT, is_ended INTEGER NOT NULL,
     PRIMARY KEY (mapping, shard, line)) WITHOUT ROWID`,
  `ALTER TABLE lambda_checkpoints ADD COLUMN window TEXT`,
];

/** All functions of the account: in memory for reading, in the database for keeping. */
export class FunctionStore {
  readonly #database: Database;
  readonly #accountId: string;
  readonly #functions = new Map<string, FunctionRecord>();

  constructor(database: Database, accountId: string) {
    migrate(database, "lambda", schema);
    this.#database = database;
    this.#accountId = accountId;
    for (const row of database.prepare("SELECT record FROM lambda_functions").all() as { record: string }[]) {
      const record = JSON.parse(row.record) as FunctionRecord;
      this.#functions.set(keyOf(record.latest.region, record.latest.name), record);
    }
  }

  all(): readonly FunctionRecord[] {
    return [...this.#functions.values()];
  }

  find(name: string, region: string): FunctionRecord | undefined {
    return this.#functions.get(keyOf(region, name));
  }

  get(given: FunctionName, region: string): FunctionRecord {
    const record = this.findHere(given, region);
    if (record === undefined) throw functionNotFound(this.arnOf(given, region));
    return record;
  }

  /** The function that a request names, which reaches none of another region. */
  findHere(given: FunctionName, region: string): FunctionRecord | undefined {
    if (given.region !== undefined && given.region !== region)
      throw resourceNotFound(`Functions from '${given.region}' are not reachable in this region ('${region}')`);
    return this.find(given.name, region);
  }

  /** Of a function that need not be there. */
  arnOf({ name, region: own, accountId, qualifier }: FunctionName, region: string): string {
    return functionArn({ name, region: own ?? region, accountId: accountId ?? this.#accountId }, qualifier);
  }

  /** The version that a qualifier (a number, an alias, nothing) means. */
  version(given: FunctionName, region: string): FunctionVersion {
    const record = this.get(given, region);
    const version = versionOf(record, given.qualifier);
    if (version === undefined) throw functionNotFound(functionArn(record.latest, given.qualifier));
    return version;
  }

  /** The version that an invocation runs: an alias may send part of them to another one. */
  routed(given: FunctionName, region: string, random: () => number): FunctionVersion {
    const weight = this.find(given.name, region)?.aliases.find(({ name }) => name === given.qualifier)?.weight;
    return this.version(weight !== undefined && random() < weight.share ? { ...given, qualifier: weight.version } : given, region);
  }

  urlOf(urlId: string): { record: FunctionRecord; url: FunctionUrl } | undefined {
    for (const record of this.#functions.values()) {
      const url = record.urls.find((candidate) => candidate.urlId === urlId);
      if (url !== undefined) return { record, url };
    }
    return undefined;
  }

  save(record: FunctionRecord): FunctionRecord {
    const { region, name } = record.latest;
    this.#functions.set(keyOf(region, name), record);
    this.#database
      .prepare("INSERT INTO lambda_functions VALUES (?, ?, ?) ON CONFLICT (region, name) DO UPDATE SET record = excluded.record")
      .run(region, name, JSON.stringify(record));
    return record;
  }

  remove(record: FunctionRecord): void {
    const { region, name } = record.latest;
    this.#functions.delete(keyOf(region, name));
    this.#database.prepare("DELETE FROM lambda_functions WHERE region = ? AND name = ?").run(region, name);
  }
}

export function versionOf(record: FunctionRecord, qualifier: string | undefined): FunctionVersion | undefined {
  if (qualifier === undefined || qualifier === "$LATEST") return record.latest;
  const alias = record.aliases.find((candidate) => candidate.name === qualifier);
  const wanted = alias?.version ?? qualifier;
  return wanted === "$LATEST" ? record.latest : record.published.find((version) => version.version === wanted);
}

export function aliasOf(record: FunctionRecord, name: string): FunctionRecord["aliases"][number] {
  const alias = record.aliases.find((candidate) => candidate.name === name);
  if (alias === undefined) throw aliasNotFound(functionArn(record.latest, name));
  return alias;
}

function keyOf(region: string, name: string): string {
  return `${region}/${name}`;
}
