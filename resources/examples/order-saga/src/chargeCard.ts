import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { type Order, tables } from "./orders";

/** The names of errors are what Retry and Catch of the workflow look at. */
class CardDeclined extends Error {
  override name = "CardDeclined";
}
class BankSilent extends Error {
  override name = "BankSilent";
}

export async function handler({ id, card }: Order): Promise<{ paid: true }> {
  if (card === "declined") throw new CardDeclined(`The bank declined the card of order ${id}.`);

  const { Attributes: payment } = await tables.send(
    new UpdateCommand({
      TableName: process.env.PAYMENTS,
      Key: { order: id },
      UpdateExpression: "ADD tries :one",
      ExpressionAttributeValues: { ":one": 1 },
      ReturnValues: "ALL_NEW",
    }),
  );
  if (card === "flaky" && payment?.tries < 3) throw new BankSilent(`The bank did not answer, try ${payment?.tries}.`);

  await tables.send(
    new UpdateCommand({
      TableName: process.env.PAYMENTS,
      Key: { order: id },
      UpdateExpression: "SET #status = :status",
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: { ":status": "charged" },
    }),
  );
  return { paid: true };
}
