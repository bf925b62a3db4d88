import type { CancellationReason } from "@aws-sdk/client-dynamodb";
import { AwsError } from "../../kernel/awsError.ts";
import type { AttributeValue } from "./attributeValue.ts";

const codes: Readonly<Record<string, string>> = {
  DuplicateItemException: "DuplicateItem",
  ThrottlingException: "ThrottlingError",
  ProvisionedThroughputExceededException: "ProvisionedThroughputExceeded",
};

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
  return { Code: codes[error.code] ?? "ValidationError", Message: error.message };
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
