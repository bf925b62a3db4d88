import { ConditionalCheckFailedException, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";

export interface Invoice {
  number: string;
  customer: string;
  amount: number;
}

const tables = DynamoDBDocumentClient.from(new DynamoDBClient());

/** Each message stands for itself: those that fail come again, the others are done. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const message of event.Records) {
    try {
      await send(JSON.parse(message.body) as Invoice);
    } catch (error) {
      console.error(`try ${message.attributes.ApproximateReceiveCount} failed`, error);
      batchItemFailures.push({ itemIdentifier: message.messageId });
    }
  }
  return { batchItemFailures };
}

async function send(invoice: Invoice): Promise<void> {
  const { Item: customer } = await tables.send(new GetCommand({ TableName: process.env.CUSTOMERS, Key: { id: invoice.customer } }));
  if (!customer) throw new Error(`Invoice ${invoice.number}: there is no customer ${invoice.customer}.`);
  try {
    await tables.send(
      new PutCommand({
        TableName: process.env.SENT,
        Item: { ...invoice, to: customer.email, sentAt: new Date().toISOString() },
        ConditionExpression: "attribute_not_exists(#number)",
        ExpressionAttributeNames: { "#number": "number" },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    console.log(`invoice ${invoice.number} was sent before`);
    return;
  }
  // here a mail would leave
  console.log(`invoice ${invoice.number} sent to ${customer.email}`);
}
