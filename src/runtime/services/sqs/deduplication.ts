import { sqsLimits } from "../../../model/limits/sqs.ts";
import type { Database } from "../../storage/database.ts";

const windowMilliseconds = sqsLimits.deduplicationSeconds.value * 1000;

/** What FIFO queues remember of messages sent in the last five minutes, whether or not they were consumed meanwhile. */
export class Deduplication {
  readonly #statements;

  constructor(database: Database) {
    this.#statements = {
      find: database.prepare<[number, string, string, number], Remembered>(
        `SELECT message_id AS messageId, sequence FROM sqs_deduplication
         WHERE queue = ? AND scope = ? AND deduplication_id = ? AND expires_at > ?`,
      ),
      remember: database.prepare<[number, string, string, string, string, number]>(
        "INSERT OR REPLACE INTO sqs_deduplication VALUES (?, ?, ?, ?, ?, ?)",
      ),
      expire: database.prepare<[number, number]>("DELETE FROM sqs_deduplication WHERE queue = ? AND expires_at <= ?"),
      forget: database.prepare<[number]>("DELETE FROM sqs_deduplication WHERE queue = ?"),
    };
  }

  /** `scope`: empty for the whole queue, else the message group. */
  find(queueId: number, scope: string, deduplicationId: string, now: number): Remembered | undefined {
    return this.#statements.find.get(queueId, scope, deduplicationId, now);
  }

  remember(queueId: number, scope: string, deduplicationId: string, message: Remembered, now: number): void {
    this.#statements.expire.run(queueId, now);
    this.#statements.remember.run(queueId, scope, deduplicationId, message.messageId, message.sequence, now + windowMilliseconds);
  }

  forgetQueue(queueId: number): void {
    this.#statements.forget.run(queueId);
  }
}

export interface Remembered {
  readonly messageId: string;
  readonly sequence: string;
}
