import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

export interface NewOrder {
  product: string;
  quantity: number;
  /** "good", "flaky" or "declined" */
  card: string;
}

export interface Order extends NewOrder {
  id: string;
}

// outside the handlers, so that one environment connects once
export const tables = DynamoDBDocumentClient.from(new DynamoDBClient());

export function answer(statusCode: number, body: unknown) {
  return { statusCode, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
