import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { type Order, tables } from "./orders";

/** Refunding twice is refunding once: it says what is to be, not what is to be done. */
export async function handler({ id }: Order): Promise<void> {
  await tables.send(
    new UpdateCommand({
      TableName: process.env.PAYMENTS,
      Key: { order: id },
      UpdateExpression: "SET #status = :status",
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: { ":status": "refunded" },
    }),
  );
}
