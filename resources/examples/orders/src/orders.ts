import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEventV2 } from "aws-lambda";

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

/** The request's body, or nothing where it is no JSON. API Gateway encodes bodies that do not call themselves text or JSON. */
export function jsonOf<T>(event: APIGatewayProxyEventV2): Partial<T> {
  try {
    return JSON.parse(Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8").toString()) as Partial<T>;
  } catch {
    return {};
  }
}
