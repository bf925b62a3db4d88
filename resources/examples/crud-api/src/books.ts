import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEventV2 } from "aws-lambda";

export interface NewBook {
  title: string;
  author: string;
  year: number;
}

// outside the handlers, so that one environment connects once
export const table = DynamoDBDocumentClient.from(new DynamoDBClient(), { marshallOptions: { removeUndefinedValues: true } });
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

/** What is wrong with a book as it was sent, in the words of whoever sends it. */
export function problemOf({ title, author, year }: Partial<NewBook>): string | undefined {
  if (!title || !author) return "A book needs a title and an author.";
  if (year !== undefined && !Number.isInteger(year)) return "The year of a book is a whole number.";
  return undefined;
}
