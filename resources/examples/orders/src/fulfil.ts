import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { table, tableName } from "./orders";

// Each message stands for itself: those that fail come again, the others are done.
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const message of event.Records) {
    try {
      const { id, total } = JSON.parse(message.body) as { id: string; total: number };
      if (total > 10_000) throw new Error(`Order ${id} over ${total} needs a person's approval.`);
      await table.send(
        new UpdateCommand({
          TableName: tableName,
          Key: { id },
          UpdateExpression: "SET #status = :fulfilled, fulfilledAt = :now",
          ConditionExpression: "attribute_exists(id)",
          ExpressionAttributeNames: { "#status": "status" },
          ExpressionAttributeValues: { ":fulfilled": "fulfilled", ":now": new Date().toISOString() },
        }),
      );
      console.log("order fulfilled", { id });
    } catch (error) {
      console.error("order not fulfilled", error);
      batchItemFailures.push({ itemIdentifier: message.messageId });
    }
  }
  return { batchItemFailures };
}
