import { snsLimits } from "../../../../model/limits/sns.ts";
import type { Database } from "../../../storage/database.ts";

const windowMilliseconds = snsLimits.deduplicationSeconds.value * 1000;

/** What FIFO topics remember of messages published in the last five minutes. */
export class Deduplication {
  readonly #statements;

  constructor(database: Database) {
    this.#statements = {
      find: database.prepare<[number, string, string, number], Remembered>(
        `SELECT message_id AS messageId, sequence FROM sns_deduplication
         WHERE topic = ? AND scope = ? AND deduplication_id = ? AND expires_at > ?`,
      ),
      remember: database.prepare<[number, string, string, string, string, number]>(
        "INSERT OR REPLACE INTO sns_deduplication VALUES (?, ?, ?, ?, ?, ?)",
      ),
      expire: database.prepare<[number, number]>("DELETE FROM sns_deduplication WHERE topic = ? AND expires_at <= ?"),
      forget: database.prepare<[number]>("DELETE FROM sns_deduplication WHERE topic = ?"),
    };
  }

  /** `scope`: empty for the whole topic, else the message group. */
  find(topicId: number, scope: string, deduplicationId: string, now: number): Remembered | undefined {
    return this.#statements.find.get(topicId, scope, deduplicationId, now);
  }

  remember(topicId: number, scope: string, deduplicationId: string, message: Remembered, now: number): void {
    this.#statements.expire.run(topicId, now);
    this.#statements.remember.run(topicId, scope, deduplicationId, message.messageId, message.sequence, now + windowMilliseconds);
  }

  forget(topicId: number): void {
    this.#statements.forget.run(topicId);
  }
}

interface Remembered {
  readonly messageId: string;
  readonly sequence: string;
}
