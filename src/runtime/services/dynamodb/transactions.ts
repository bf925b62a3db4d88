import type { CancellationReason, TransactWriteItemsInput } from "@aws-sdk/client-dynamodb";
import { AwsError } from "../../kernel/awsError.ts";
import type { AttributeValue } from "./attributeValue.ts";
import type { DynamoDb } from "./dynamodb.ts";

const tokenMilliseconds = 10 * 60 * 1000;

/** Why one part of a transaction failed. */
export function reasonOf(error: AwsError): CancellationReason {
  if (error.code === "ConditionalCheckFailedException") {
    const item = error.members["Item"];
    // Put there by conditionFailed.
    return {
      Code: "ConditionalCheckFailed",
      Message: error.message,
      ...(item !== undefined && { Item: item as Record<string, AttributeValue> }),
    };
  }
  return { Code: "ValidationError", Message: error.message };
}

export function canceled(reasons: readonly CancellationReason[]): AwsError {
  const codes = reasons.map((reason) => reason.Code ?? "None").join(", ");
  return new AwsError(
    "TransactionCanceledException",
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    {
      members: { CancellationReasons: reasons },
    },
  );
}

/** Whether a transaction with this token was carried out in the last ten minutes; another one under its token is refused. */
export function wasDone(dynamodb: DynamoDb, input: TransactWriteItemsInput, now: number): boolean {
  if (input.ClientRequestToken === undefined) return false;
  const { database } = dynamodb;
  database.prepare<[number]>("DELETE FROM dynamodb_tokens WHERE expires_at <= ?").run(now);
  const known = database
    .prepare<[string], { request: string }>("SELECT request FROM dynamodb_tokens WHERE token = ?")
    .get(input.ClientRequestToken);
  if (!known) return false;
  if (known.request !== requestText(input)) {
    throw new AwsError(
      "IdempotentParameterMismatchException",
      "The provided parameters do not match the parameters used in the original request with this token",
    );
  }
  return true;
}

export function rememberToken(dynamodb: DynamoDb, input: TransactWriteItemsInput, now: number): void {
  if (input.ClientRequestToken === undefined) return;
  dynamodb.database
    .prepare<[string, string, number]>("INSERT OR REPLACE INTO dynamodb_tokens VALUES (?, ?, ?)")
    .run(input.ClientRequestToken, requestText(input), now + tokenMilliseconds);
}

function requestText(input: TransactWriteItemsInput): string {
  return JSON.stringify(input.TransactItems);
}
