import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { SignUp } from "./signUps";

const tables = DynamoDBDocumentClient.from(new DynamoDBClient(), { marshallOptions: { removeUndefinedValues: true } });

export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const message of event.Records) {
    try {
      await open(JSON.parse(message.body) as SignUp);
    } catch (error) {
      console.error("no account opened", error);
      batchItemFailures.push({ itemIdentifier: message.messageId });
    }
  }
  return { batchItemFailures };
}

/** An account that is opened twice is the same account. */
async function open({ email, plan, vatNumber }: SignUp): Promise<void> {
  if (plan === "team" && !vatNumber) throw new Error(`The team of ${email} has no VAT number to bill.`);
  await tables.send(new PutCommand({ TableName: process.env.ACCOUNTS, Item: { email, plan, vatNumber } }));
}
