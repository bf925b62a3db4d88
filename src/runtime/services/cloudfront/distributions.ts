import type { Json, JsonObject } from "../../../model/json.ts";
import type { ResourceRef } from "../../../model/trace.ts";
import { AwsError } from "../../kernel/awsError.ts";
import type { Kernel } from "../../kernel/service.ts";
import { type Database, migrate } from "../../storage/database.ts";
import { type Distribution, distributionOf } from "./distribution.ts";
import { Entries } from "./entries.ts";
import { cacheRuleOf, forwardRuleOf, managedCachePolicy, managedOriginRequestPolicy } from "./policies.ts";

/** CloudFront is global; its resources are filed under the region of its control plane. */
export const globalRegion = "us-east-1";

const tables = [
  `CREATE TABLE cloudfront_distributions (id TEXT NOT NULL UNIQUE, label TEXT NOT NULL UNIQUE, config TEXT NOT NULL, modified_at REAL NOT NULL, etag TEXT NOT NULL);
   CREATE TABLE cloudfront_policies (id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, config TEXT NOT NULL);
   CREATE TABLE cloudfront_invalidations (
     id TEXT NOT NULL UNIQUE, distribution TEXT NOT NULL, caller_reference TEXT NOT NULL, paths TEXT NOT NULL, created_at REAL NOT NULL);
   CREATE INDEX cloudfront_invalidations_of ON cloudfront_invalidations (distribution, created_at);
   CREATE TABLE cloudfront_entries (
     distribution TEXT NOT NULL, key TEXT NOT NULL, path TEXT NOT NULL, status INTEGER NOT NULL, headers TEXT NOT NULL, body BLOB NOT NULL,
     stored_at REAL NOT NULL, expires_at REAL NOT NULL, hits INTEGER NOT NULL);
   CREATE UNIQUE INDEX cloudfront_entries_key ON cloudfront_entries (distribution, key);`,
];

export interface StoredDistribution {
  readonly id: string;
  readonly label: string;
  readonly config: JsonObject;
  readonly modifiedAt: number;
  readonly etag: string;
}

export interface Invalidation {
  readonly id: string;
  readonly callerReference: string;
  readonly paths: readonly string[];
  readonly createdAt: number;
}

interface DistributionRow {
  readonly id: string;
  readonly label: string;
  readonly config: string;
  readonly modified_at: number;
  readonly etag: string;
}

interface InvalidationRow {
  readonly id: string;
  readonly caller_reference: string;
  readonly paths: string;
  readonly created_at: number;
}

/** The account's distributions, policies and invalidations, and what each cache holds. */
export class Distributions {
  readonly entries: Entries;
  readonly #database: Database;
  readonly #kernel: Kernel;
  readonly #accountId: string;
  /** Read once per change: a request must not parse a config. */
  readonly #byLabel = new Map<string, Distribution>();
  readonly #served = new Map<string, { hits: number; misses: number }>();

  constructor(database: Database, kernel: Kernel, accountId: string) {
    migrate(database, "cloudfront", tables);
    this.#database = database;
    this.#kernel = kernel;
    this.#accountId = accountId;
    this.entries = new Entries(database);
    for (const stored of this.all()) this.#remember(stored);
  }

  all(): StoredDistribution[] {
    return this.#database.prepare<[], DistributionRow>("SELECT * FROM cloudfront_distributions ORDER BY rowid").all().map(storedOf);
  }

  get(id: string): StoredDistribution {
    const row = this.#database.prepare<[string], DistributionRow>("SELECT * FROM cloudfront_distributions WHERE id = ?").get(id);
    if (row === undefined) throw new AwsError("NoSuchDistribution", "The specified distribution does not exist.", { status: 404 });
    return storedOf(row);
  }

  byLabel(label: string): Distribution | undefined {
    return this.#byLabel.get(label);
  }

  put(id: string, label: string, config: JsonObject, now: number): StoredDistribution {
    distributionOf(id, label, config, this);
    const stored: StoredDistribution = { id, label, config, modifiedAt: now, etag: `E${this.#kernel.ids.base36(13)}` };
    this.#database
      .prepare(
        "INSERT INTO cloudfront_distributions VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET config = excluded.config, modified_at = excluded.modified_at, etag = excluded.etag",
      )
      .run(id, label, JSON.stringify(config), now, stored.etag);
    this.#remember(stored);
    return stored;
  }

  remove(id: string): void {
    const { label } = this.get(id);
    this.#database.prepare("DELETE FROM cloudfront_distributions WHERE id = ?").run(id);
    this.entries.clear(id);
    this.#byLabel.delete(label);
    this.#kernel.resources.remove("cloudfront", id, globalRegion);
  }

  putPolicy(kind: "cache" | "originRequest", id: string, config: Json): void {
    this.#database
      .prepare("INSERT INTO cloudfront_policies VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET config = excluded.config")
      .run(id, kind, JSON.stringify(config));
    // distributions that use it read it anew
    for (const stored of this.all()) this.#remember(stored);
  }

  removePolicy(id: string): void {
    this.#database.prepare("DELETE FROM cloudfront_policies WHERE id = ?").run(id);
  }

  cachePolicy(id: string) {
    const config = this.#policy("cache", id);
    return managedCachePolicy(id) ?? (config === undefined ? undefined : cacheRuleOf(config));
  }

  originRequestPolicy(id: string) {
    const config = this.#policy("originRequest", id);
    return managedOriginRequestPolicy(id) ?? (config === undefined ? undefined : forwardRuleOf(config));
  }

  addInvalidation(distribution: string, invalidation: Invalidation): void {
    this.#database
      .prepare("INSERT INTO cloudfront_invalidations VALUES (?, ?, ?, ?, ?)")
      .run(invalidation.id, distribution, invalidation.callerReference, JSON.stringify(invalidation.paths), invalidation.createdAt);
  }

  /** Newest first. */
  invalidations(distribution: string): Invalidation[] {
    return this.#database
      .prepare<[string], InvalidationRow>(
        "SELECT * FROM cloudfront_invalidations WHERE distribution = ? ORDER BY created_at DESC, rowid DESC",
      )
      .all(distribution)
      .map((row) => ({
        id: row.id,
        callerReference: row.caller_reference,
        paths: JSON.parse(row.paths) as string[],
        createdAt: row.created_at,
      }));
  }

  count(id: string, outcome: "hits" | "misses"): void {
    const served = this.#served.get(id) ?? { hits: 0, misses: 0 };
    served[outcome]++;
    this.#served.set(id, served);
  }

  /** Share of answers from the cache since the runtime began; null before the first. */
  hitRatio(id: string): number | null {
    const served = this.#served.get(id);
    return served === undefined ? null : served.hits / (served.hits + served.misses);
  }

  arn(id: string): string {
    return `arn:aws:cloudfront::${this.#accountId}:distribution/${id}`;
  }

  ref(id: string): ResourceRef {
    return (
      this.#kernel.resources.find("cloudfront", id, globalRegion) ?? {
        service: "cloudfront",
        type: "AWS::CloudFront::Distribution",
        name: id,
        region: globalRegion,
      }
    );
  }

  #remember(stored: StoredDistribution): void {
    this.#byLabel.set(stored.label, distributionOf(stored.id, stored.label, stored.config, this));
    this.#kernel.resources.add({ ...this.ref(stored.id), arn: this.arn(stored.id) });
  }

  #policy(kind: string, id: string): Json | undefined {
    const text = this.#database
      .prepare<[string, string], string>("SELECT config FROM cloudfront_policies WHERE kind = ? AND id = ?")
      .pluck()
      .get(kind, id);
    return text === undefined ? undefined : (JSON.parse(text) as Json);
  }
}

function storedOf(row: DistributionRow): StoredDistribution {
  return { id: row.id, label: row.label, config: JSON.parse(row.config) as JsonObject, modifiedAt: row.modified_at, etag: row.etag };
}
