import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

export interface NewArticle {
  title: string;
  text: string;
}

// outside the handlers, so that one environment connects once
export const table = DynamoDBDocumentClient.from(new DynamoDBClient());
export const tableName = process.env.ARTICLES ?? "";

export function answer(statusCode: number, body: unknown, headers: Record<string, string>) {
  return { statusCode, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}
