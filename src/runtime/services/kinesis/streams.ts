import type { ResourceRef } from "../../../model/trace.ts";
import type { Kernel } from "../../kernel/service.ts";
import type { Database } from "../../storage/database.ts";
import { kinesisLimits } from "../../../model/limits/kinesis.ts";
import { streamNotFound } from "./errors.ts";
import { Stream } from "./stream.ts";
import type { StreamRow, StreamSettings } from "./stream.ts";

/** All streams of the account: kept in memory, written through to the database. */
export class Streams {
  readonly #kernel: Kernel;
  readonly #database: Database;
  readonly #accountId: string;
  readonly #byName = new Map<string, Stream>();

  constructor(database: Database, kernel: Kernel, accountId: string) {
    this.#kernel = kernel;
    this.#database = database;
    this.#accountId = accountId;
    for (const row of database.prepare<[], StreamRow>("SELECT * FROM kinesis_streams ORDER BY id").all()) this.#keep(row);
  }

  find(region: string, name: string): Stream | undefined {
    return this.#byName.get(`${region}/${name}`);
  }

  get(region: string, name: string): Stream {
    const stream = this.find(region, name);
    if (!stream) throw streamNotFound(name, this.#accountId);
    return stream;
  }

  all(): Stream[] {
    return [...this.#byName.values()];
  }

  create(
    region: string,
    name: string,
    shards: number,
    given: Pick<StreamSettings, "mode" | "tags" | "maxRecordBytes">,
    now: number,
  ): Stream {
    const settings: StreamSettings = {
      retentionHours: kinesisLimits.retentionHoursMin.value,
      keyId: null,
      metrics: [],
      policy: null,
      ...given,
    };
    const written = JSON.stringify(settings);
    const { lastInsertRowid } = this.#database
      .prepare("INSERT INTO kinesis_streams (region, name, settings, created_at) VALUES (?, ?, ?, ?)")
      .run(region, name, written, now);
    const stream = this.#keep({ id: Number(lastInsertRowid), region, name, settings: written, created_at: now });
    stream.openFirst(shards, now);
    return stream;
  }

  delete(stream: Stream): void {
    stream.remove();
    this.#byName.delete(`${stream.region}/${stream.name}`);
    this.#kernel.resources.remove("kinesis", stream.name, stream.region);
  }

  /** A stream as spans and effects name it, with its logical ID where it has one. */
  ref(stream: { readonly region: string; readonly name: string }): ResourceRef {
    return (
      this.#kernel.resources.find("kinesis", stream.name, stream.region) ?? {
        service: "kinesis",
        type: "AWS::Kinesis::Stream",
        name: stream.name,
        region: stream.region,
      }
    );
  }

  #keep(row: StreamRow): Stream {
    const { region, name } = row;
    const arn = `arn:aws:kinesis:${region}:${this.#accountId}:stream/${name}`;
    const stream = new Stream(this.#database, this.#kernel.clock, row, arn);
    this.#byName.set(`${region}/${name}`, stream);
    this.#kernel.resources.add({ service: "kinesis", type: "AWS::Kinesis::Stream", name, region, arn });
    return stream;
  }
}
