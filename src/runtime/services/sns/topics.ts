import type { ResourceRef } from "../../../model/trace.ts";
import type { Kernel } from "../../kernel/service.ts";
import type { Database } from "../../storage/database.ts";
import { topicNotFound } from "./errors.ts";
import type { TopicAttributes } from "./topicAttributes.ts";

/** A topic with its settings; who hears it is in subscriptions.ts. */
export interface Topic {
  readonly id: number;
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly isFifo: boolean;
  readonly createdAt: number;
  attributes: TopicAttributes;
  tags: { [key: string]: string };
  /** GetTopicAttributes counts them. */
  deletedSubscriptions: number;
}

interface TopicRow {
  readonly id: number;
  readonly region: string;
  readonly name: string;
  readonly attributes: string;
  readonly tags: string;
  readonly deleted_subscriptions: number;
  readonly created_at: number;
}

/** All topics of the account: kept in memory, written through to the database. */
export class Topics {
  readonly #kernel: Kernel;
  readonly #accountId: string;
  readonly #byArn = new Map<string, Topic>();
  readonly #statements;

  constructor(database: Database, kernel: Kernel, accountId: string) {
    this.#kernel = kernel;
    this.#accountId = accountId;
    this.#statements = {
      insert: database.prepare<[string, string, string, string, number]>(
        "INSERT INTO sns_topics (region, name, attributes, tags, deleted_subscriptions, created_at) VALUES (?, ?, ?, ?, 0, ?)",
      ),
      update: database.prepare<[string, string, number, number]>(
        "UPDATE sns_topics SET attributes = ?, tags = ?, deleted_subscriptions = ? WHERE id = ?",
      ),
      delete: database.prepare<[number]>("DELETE FROM sns_topics WHERE id = ?"),
    };
    for (const row of database.prepare<[], TopicRow>("SELECT * FROM sns_topics ORDER BY id").all()) this.#keep(row);
  }

  find(arn: string): Topic | undefined {
    return this.#byArn.get(arn);
  }

  get(arn: string): Topic {
    const topic = this.#byArn.get(arn);
    if (!topic) throw topicNotFound();
    return topic;
  }

  named(region: string, name: string): Topic | undefined {
    return this.#byArn.get(this.arnOf(region, name));
  }

  all(): Topic[] {
    return [...this.#byArn.values()];
  }

  arnOf(region: string, name: string): string {
    return `arn:aws:sns:${region}:${this.#accountId}:${name}`;
  }

  create(region: string, name: string, attributes: TopicAttributes, tags: { [key: string]: string }, now: number): Topic {
    const row = {
      region,
      name,
      attributes: JSON.stringify(attributes),
      tags: JSON.stringify(tags),
      deleted_subscriptions: 0,
      created_at: now,
    };
    const { lastInsertRowid } = this.#statements.insert.run(region, name, row.attributes, row.tags, now);
    return this.#keep({ ...row, id: Number(lastInsertRowid) });
  }

  save(topic: Topic): void {
    this.#statements.update.run(JSON.stringify(topic.attributes), JSON.stringify(topic.tags), topic.deletedSubscriptions, topic.id);
  }

  delete(topic: Topic): void {
    this.#statements.delete.run(topic.id);
    this.#byArn.delete(topic.arn);
    this.#kernel.resources.remove("sns", topic.name, topic.region);
  }

  /** A topic as spans and effects name it, with its logical ID where it has one. */
  ref(topic: { readonly region: string; readonly name: string }): ResourceRef {
    return (
      this.#kernel.resources.find("sns", topic.name, topic.region) ?? {
        service: "sns",
        type: "AWS::SNS::Topic",
        name: topic.name,
        region: topic.region,
      }
    );
  }

  #keep(row: TopicRow): Topic {
    const { id, region, name } = row;
    const topic: Topic = {
      id,
      region,
      name,
      arn: this.arnOf(region, name),
      isFifo: name.endsWith(".fifo"),
      createdAt: row.created_at,
      attributes: JSON.parse(row.attributes) as TopicAttributes,
      tags: JSON.parse(row.tags) as { [key: string]: string },
      deletedSubscriptions: row.deleted_subscriptions,
    };
    this.#byArn.set(topic.arn, topic);
    this.#kernel.resources.add({ service: "sns", type: "AWS::SNS::Topic", name, region, arn: topic.arn });
    return topic;
  }
}
