import type { TransactWriteItemsInput } from "@aws-sdk/client-dynamodb";
import { AwsError } from "../../kernel/awsError.ts";
import type { Database } from "../../storage/database.ts";

const tokenMilliseconds = 10 * 60 * 1000;

/** Tokens of the transactions of the last ten minutes, by which a repeated request is recognised. SDKs give each request one. */
export class RequestTokens {
  readonly #statements;

  constructor(database: Database) {
    this.#statements = {
      expire: database.prepare<[number]>("DELETE FROM dynamodb_tokens WHERE expires_at <= ?"),
      find: database.prepare<[string], { request: string }>("SELECT request FROM dynamodb_tokens WHERE token = ?"),
      remember: database.prepare<[string, string, number]>("INSERT OR REPLACE INTO dynamodb_tokens VALUES (?, ?, ?)"),
    };
  }

  /** Whether this transaction was carried out already; another one under its token is refused. */
  wasDone(input: TransactWriteItemsInput, now: number): boolean {
    if (input.ClientRequestToken === undefined) return false;
    this.#statements.expire.run(now);
    const known = this.#statements.find.get(input.ClientRequestToken);
    if (!known) return false;
    if (known.request === requestText(input)) return true;
    throw new AwsError(
      "IdempotentParameterMismatchException",
      "The provided parameters do not match the parameters used in the original request with this token",
    );
  }

  /** Within the transaction itself, so that both or neither are kept. */
  remember(input: TransactWriteItemsInput, now: number): void {
    if (input.ClientRequestToken !== undefined)
      this.#statements.remember.run(input.ClientRequestToken, requestText(input), now + tokenMilliseconds);
  }
}

function requestText(input: TransactWriteItemsInput): string {
  return JSON.stringify(input.TransactItems);
}
