import type { Database } from "../../storage/database.ts";
import type { Stream } from "./stream.ts";

/** Who is registered for enhanced fan-out at a stream. */
export interface Consumer {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly tags: { readonly [key: string]: string };
}

interface ConsumerRow {
  readonly name: string;
  readonly tags: string;
  readonly created_at: number;
}

export class Consumers {
  readonly #statements;

  constructor(database: Database) {
    this.#statements = {
      all: database.prepare<[number], ConsumerRow>("SELECT * FROM kinesis_consumers WHERE stream = ? ORDER BY name"),
      insert: database.prepare<[number, string, string, number]>("INSERT INTO kinesis_consumers VALUES (?, ?, ?, ?)"),
      retag: database.prepare<[string, number, string]>("UPDATE kinesis_consumers SET tags = ? WHERE stream = ? AND name = ?"),
      delete: database.prepare<[number, string]>("DELETE FROM kinesis_consumers WHERE stream = ? AND name = ?"),
    };
  }

  all(stream: Stream): Consumer[] {
    return this.#statements.all.all(stream.id).map(({ name, tags, created_at: createdAt }) => ({
      name,
      arn: `${stream.arn}/consumer/${name}:${Math.floor(createdAt / 1000)}`,
      createdAt,
      tags: JSON.parse(tags) as { [key: string]: string },
    }));
  }

  add(stream: Stream, name: string, tags: { readonly [key: string]: string }, now: number): Consumer | undefined {
    this.#statements.insert.run(stream.id, name, JSON.stringify(tags), now);
    return this.all(stream).find((consumer) => consumer.name === name);
  }

  retag(stream: Stream, name: string, tags: { readonly [key: string]: string }): void {
    this.#statements.retag.run(JSON.stringify(tags), stream.id, name);
  }

  delete(stream: Stream, name: string): void {
    this.#statements.delete.run(stream.id, name);
  }
}
