import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Order } from "./shopBus";

const tables = DynamoDBDocumentClient.from(new DynamoDBClient());

/** The same news of the same order, told twice, is one letter. */
export async function write({ id: order, customer }: Order, about: string, text: string): Promise<void> {
  await tables.send(new PutCommand({ TableName: process.env.LETTERS, Item: { order, about, customer, text } }));
}
