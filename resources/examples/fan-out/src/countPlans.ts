import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { SNSEvent } from "aws-lambda";
import type { SignUp } from "./signUps";

const tables = DynamoDBDocumentClient.from(new DynamoDBClient());

export async function handler(event: SNSEvent): Promise<void> {
  for (const { Sns: message } of event.Records) {
    const { plan } = JSON.parse(message.Message) as SignUp;
    await tables.send(
      new UpdateCommand({
        TableName: process.env.COUNTS,
        Key: { plan },
        UpdateExpression: "ADD signUps :one",
        ExpressionAttributeValues: { ":one": 1 },
      }),
    );
  }
}
