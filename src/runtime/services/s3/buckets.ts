import type { ResourceRef } from "../../../model/trace.ts";
import type { Kernel } from "../../kernel/service.ts";
import type { Database } from "../../storage/database.ts";
import { noSuchBucket } from "./errors.ts";

export type Versioning = "Enabled" | "Suspended";

/** A bucket with its settings; its objects are in objects.ts. */
export class Bucket {
  readonly id: number;
  readonly name: string;
  readonly region: string;
  readonly createdAt: number;
  versioning: Versioning | null;
  /** By kind, as they were given: see settings.ts. */
  settings: Record<string, unknown>;
  /** Current objects and their bytes, for the canvas. */
  objectCount = 0;
  bytes = 0;

  constructor(row: BucketRow) {
    this.id = row.id;
    this.name = row.name;
    this.region = row.region;
    this.createdAt = row.created_at;
    this.versioning = row.versioning;
    this.settings = JSON.parse(row.settings, reviveDates) as Record<string, unknown>;
  }

  get arn(): string {
    return `arn:aws:s3:::${this.name}`;
  }
}

/** Lifecycle rules may hold moments. */
function reviveDates(key: string, value: unknown): unknown {
  return key === "Date" && typeof value === "string" ? new Date(value) : value;
}

interface BucketRow {
  readonly id: number;
  readonly name: string;
  readonly region: string;
  readonly created_at: number;
  readonly versioning: Versioning | null;
  readonly settings: string;
}

/** All buckets of the account, whatever their region: kept in memory, written through to the database. */
export class Buckets {
  readonly #kernel: Kernel;
  readonly #byName = new Map<string, Bucket>();
  readonly #statements;

  constructor(database: Database, kernel: Kernel) {
    this.#kernel = kernel;
    this.#statements = {
      insert: database.prepare<[string, string, number, string]>(
        "INSERT INTO s3_buckets (name, region, created_at, versioning, settings) VALUES (?, ?, ?, NULL, ?)",
      ),
      update: database.prepare<[Versioning | null, string, number]>("UPDATE s3_buckets SET versioning = ?, settings = ? WHERE id = ?"),
      delete: database.prepare<[number]>("DELETE FROM s3_buckets WHERE id = ?"),
    };
    for (const row of database.prepare<[], BucketRow>("SELECT * FROM s3_buckets").all()) this.#keep(new Bucket(row));
  }

  find(name: string | undefined): Bucket | undefined {
    return name === undefined ? undefined : this.#byName.get(name);
  }

  get(name: string | undefined): Bucket {
    const bucket = this.find(name);
    if (!bucket) throw noSuchBucket(name ?? "");
    return bucket;
  }

  /** By name. */
  all(): Bucket[] {
    return [...this.#byName.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
  }

  create(name: string, region: string, settings: Record<string, unknown>, now: number): Bucket {
    const written = JSON.stringify(settings);
    const { lastInsertRowid } = this.#statements.insert.run(name, region, now, written);
    return this.#keep(new Bucket({ id: Number(lastInsertRowid), name, region, created_at: now, versioning: null, settings: written }));
  }

  save(bucket: Bucket): void {
    this.#statements.update.run(bucket.versioning, JSON.stringify(bucket.settings), bucket.id);
  }

  delete(bucket: Bucket): void {
    this.#statements.delete.run(bucket.id);
    this.#byName.delete(bucket.name);
    this.#kernel.resources.remove("s3", bucket.name, bucket.region);
  }

  /** A bucket as spans and effects name it, with its logical ID where it has one. */
  ref(bucket: { readonly name: string; readonly region: string }): ResourceRef {
    return (
      this.#kernel.resources.find("s3", bucket.name, bucket.region) ?? {
        service: "s3",
        type: "AWS::S3::Bucket",
        name: bucket.name,
        region: bucket.region,
      }
    );
  }

  #keep(bucket: Bucket): Bucket {
    this.#byName.set(bucket.name, bucket);
    this.#kernel.resources.add({ service: "s3", type: "AWS::S3::Bucket", name: bucket.name, region: bucket.region, arn: bucket.arn });
    return bucket;
  }
}
