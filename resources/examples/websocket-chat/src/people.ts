import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

export interface Person {
  connection: string;
  room: string;
  name: string;
}

// outside the handlers, so that one environment connects once
export const table = DynamoDBDocumentClient.from(new DynamoDBClient());
export const tableName = process.env.PEOPLE ?? "";
