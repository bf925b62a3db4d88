import { matchesPattern, type FlatEvent } from "../../../../model/eventBridge/matchPattern.ts";
import { parsePattern } from "../../../../model/eventBridge/pattern.ts";
import type { ServiceEnvironment } from "../../../kernel/service.ts";
import { Records } from "../../../storage/records.ts";
import { notFound } from "../errors.ts";
import type { Bus } from "../buses.ts";
import type { BusEvent } from "../event.ts";
import { arnOf } from "../names.ts";

export interface Archive {
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  /** ARN of the bus. */
  readonly sourceArn: string;
  readonly bus: string;
  readonly description?: string;
  readonly pattern?: string;
  readonly kmsKeyIdentifier?: string;
  /** 0: for ever. */
  readonly retentionDays: number;
  readonly createdAt: number;
}

const dayMilliseconds = 86_400_000;

/** Archives, and the events in them. */
export class Archives {
  readonly #records: Records<Archive>;
  readonly #statements;
  readonly #environment: ServiceEnvironment;

  constructor(environment: ServiceEnvironment) {
    this.#records = new Records(environment.database, "events", "archive");
    const { database } = environment;
    this.#statements = {
      insert: database.prepare<[string, number, number, string]>(
        "INSERT INTO events_archived (archive, at, bytes, event) VALUES (?, ?, ?, ?)",
      ),
      count: database.prepare<[string], { events: number; bytes: number | null }>(
        "SELECT count(*) AS events, sum(bytes) AS bytes FROM events_archived WHERE archive = ?",
      ),
      between: database.prepare<[string, number, number, number, number], { id: number; at: number; event: string }>(
        "SELECT id, at, event FROM events_archived WHERE archive = ? AND at >= ? AND at < ? AND id > ? ORDER BY id LIMIT ?",
      ),
      expire: database.prepare<[string, number]>("DELETE FROM events_archived WHERE archive = ? AND at < ?"),
      delete: database.prepare<[string]>("DELETE FROM events_archived WHERE archive = ?"),
    };
    this.#environment = environment;
  }

  find(region: string, name: string): Archive | undefined {
    return this.#records.get(`${region}/${name}`);
  }

  get(region: string, name: string): Archive {
    const archive = this.find(region, name);
    if (archive === undefined) throw notFound(`Archive ${name} does not exist.`);
    return archive;
  }

  /** By name. */
  all(region: string): Archive[] {
    return this.#records
      .all()
      .filter((archive) => archive.region === region)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  everywhere(): Archive[] {
    return this.#records.all();
  }

  of(region: string, bus: string): Archive[] {
    return this.#records.all().filter((archive) => archive.region === region && archive.bus === bus);
  }

  arn(region: string, name: string): string {
    return arnOf({ region, accountId: this.#environment.accountId }, `archive/${name}`);
  }

  save(archive: Archive): void {
    this.#records.put(`${archive.region}/${archive.name}`, archive);
  }

  delete(archive: Archive): void {
    this.#records.delete(`${archive.region}/${archive.name}`);
    this.#statements.delete.run(keyOf(archive));
  }

  /** Into every archive of the bus that takes it. */
  keep(bus: Bus, event: BusEvent, flat: FlatEvent, { now, detailBytes }: { readonly now: number; readonly detailBytes?: number }): void {
    for (const archive of this.of(bus.region, bus.name)) {
      if (archive.pattern !== undefined && !matchesPattern(parsePattern(archive.pattern), flat)) continue;
      const text = JSON.stringify(event);
      this.#statements.insert.run(keyOf(archive), now, bytesOf(event, detailBytes), text);
    }
  }

  count(archive: Archive): { readonly events: number; readonly bytes: number } {
    this.#expire(archive);
    const row = this.#statements.count.get(keyOf(archive));
    return { events: row?.events ?? 0, bytes: row?.bytes ?? 0 };
  }

  /** Events that came from one moment up to another, in order; `after`: the last one that is known. */
  between(
    archive: Archive,
    from: number,
    to: number,
    after: number,
    limit: number,
  ): readonly { readonly id: number; readonly at: number; readonly event: BusEvent }[] {
    this.#expire(archive);
    return this.#statements.between
      .all(keyOf(archive), from, to, after, limit)
      .map((row) => ({ id: row.id, at: row.at, event: JSON.parse(row.event) as BusEvent }));
  }

  #expire(archive: Archive): void {
    if (archive.retentionDays === 0) return;
    const oldest = this.#environment.kernel.clock.now() - archive.retentionDays * dayMilliseconds;
    this.#statements.expire.run(keyOf(archive), oldest);
  }
}

/** As AWS counts an archived event: its time as text, source, type, resources, and the detail as it was given. */
function bytesOf({ time, source, "detail-type": type, resources, detail }: BusEvent, detailBytes?: number): number {
  const given = detailBytes ?? Buffer.byteLength(JSON.stringify(detail));
  return [time, source, type, ...resources].reduce((sum, text) => sum + Buffer.byteLength(text), given);
}

function keyOf({ region, name }: Archive): string {
  return `${region}/${name}`;
}
