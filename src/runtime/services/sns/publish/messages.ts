import { snsLimits } from "../../../../model/limits/sns.ts";
import type { Database } from "../../../storage/database.ts";
import { archiveDays } from "../topicAttributes.ts";
import type { Topic } from "../topics.ts";
import type { TopicMessage } from "./topicMessage.ts";

/** What became of a message when it was published: for the Studio. */
export interface PublishOutcome {
  readonly delivered: readonly string[];
  /** Subscriptions whose filter it did not pass, and why. */
  readonly filtered: readonly { readonly subscription: string; readonly why: string }[];
}

export interface KeptMessage {
  readonly id: number;
  readonly message: TopicMessage;
  readonly outcome: PublishOutcome;
}

interface MessageRow {
  readonly id: number;
  readonly message: string;
  readonly outcome: string;
}

/** Messages of a topic that keeps no archive, for people to look at. */
const recentMessages = 100;
const pruneEvery = 50;
const dayMilliseconds = 86_400_000;
const firstSequence = 10_000_000_000_000_000_000n;

/** What was published: the recent messages of every topic, and the archives. */
export class Messages {
  readonly #statements;
  /** By topic: counted once, since the live view asks four times a second. */
  readonly #counts = new Map<number, number>();

  constructor(database: Database) {
    this.#statements = {
      insert: database.prepare<[number, number, string, string]>(
        "INSERT INTO sns_messages (topic, published_at, message, outcome) VALUES (?, ?, ?, ?)",
      ),
      lastId: database.prepare<[], { seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'sns_messages'"),
      prune: database.prepare<[number, number, number, number]>(
        `DELETE FROM sns_messages WHERE topic = ? AND published_at < ? AND id <=
           (SELECT id FROM sns_messages WHERE topic = ? ORDER BY id DESC LIMIT 1 OFFSET ?)`,
      ),
      page: database.prepare<[number, number, number], MessageRow>(
        "SELECT * FROM sns_messages WHERE topic = ? AND id < ? ORDER BY id DESC LIMIT ?",
      ),
      archived: database.prepare<[number, number, number], MessageRow>(
        "SELECT * FROM sns_messages WHERE topic = ? AND published_at >= ? AND published_at <= ? ORDER BY id",
      ),
      oldest: database.prepare<[number, number], { at: number | null }>(
        "SELECT min(published_at) AS at FROM sns_messages WHERE topic = ? AND published_at >= ?",
      ),
      forget: database.prepare<[number]>("DELETE FROM sns_messages WHERE topic = ?"),
      count: database.prepare<[number], { count: number }>("SELECT count(*) AS count FROM sns_messages WHERE topic = ?"),
    };
  }

  /** Twenty digits that grow with every message, as AWS gives them. */
  nextSequence(): string {
    return String(firstSequence + BigInt(this.#statements.lastId.get()?.seq ?? 0) * 1_000n);
  }

  keep(topic: Topic, message: TopicMessage, outcome: PublishOutcome): void {
    const { lastInsertRowid } = this.#statements.insert.run(
      topic.id,
      message.publishedAt,
      JSON.stringify(message),
      JSON.stringify(outcome),
    );
    const isTurn = Number(lastInsertRowid) % pruneEvery === 0;
    const gone = isTurn ? this.#statements.prune.run(topic.id, keptSince(topic, message.publishedAt), topic.id, recentMessages).changes : 0;
    const before = this.#counts.get(topic.id);
    if (before !== undefined) this.#counts.set(topic.id, before + 1 - gone);
  }

  /** Latest first; `before` is the id of the last one on the page before. */
  page(topic: Topic, before: number | undefined, limit: number): KeptMessage[] {
    return this.#statements.page.all(topic.id, before ?? Number.MAX_SAFE_INTEGER, limit).map(read);
  }

  count(topic: Topic): number {
    const known = this.#counts.get(topic.id);
    if (known !== undefined) return known;
    const counted = this.#statements.count.get(topic.id)?.count ?? 0;
    this.#counts.set(topic.id, counted);
    return counted;
  }

  /** What the archive holds of a stretch of time, in order. */
  archived(topic: Topic, from: number, to: number, now: number): TopicMessage[] {
    return this.#statements.archived.all(topic.id, Math.max(from, keptSince(topic, now)), to).map((row) => read(row).message);
  }

  oldest(topic: Topic, now: number): number | null {
    return this.#statements.oldest.get(topic.id, keptSince(topic, now))?.at ?? null;
  }

  forget(topic: Topic): void {
    this.#statements.forget.run(topic.id);
    this.#counts.delete(topic.id);
  }
}

/** Since when an archive keeps messages; without one, from now on. */
function keptSince(topic: Topic, now: number): number {
  const days = archiveDays(topic.attributes);
  return days === null ? now : now - Math.min(days, snsLimits.archiveDaysMax.value) * dayMilliseconds;
}

function read(row: MessageRow): KeptMessage {
  return { id: row.id, message: JSON.parse(row.message) as TopicMessage, outcome: JSON.parse(row.outcome) as PublishOutcome };
}
