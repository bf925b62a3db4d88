import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

export interface Order {
  id: string;
  status: "placed" | "fulfilled";
  placedAt: string;
  customer: string;
  lines: OrderLine[];
  total: number;
  stage: string;
  fulfilledAt?: string;
}

export interface OrderLine {
  product: string;
  quantity: number;
  price: number;
}

// outside the handlers, so that one environment connects once
export const table = DynamoDBDocumentClient.from(new DynamoDBClient());
export const tableName = process.env.TABLE_NAME ?? "";

export function answer(statusCode: number, body: unknown, headers: Record<string, string> = {}) {
  return { statusCode, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}
