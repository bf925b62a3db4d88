import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

export interface Reading {
  sensor: string;
  at: string;
  celsius: unknown;
}

export interface Day {
  sensor: string;
  day: string;
  count: number;
  lowest: number;
  highest: number;
  sum: number;
  /** Of the last record in it. */
  sequenceNumber: string;
}

// outside the handlers, so that one environment connects once
export const tables = DynamoDBDocumentClient.from(new DynamoDBClient(), { marshallOptions: { removeUndefinedValues: true } });
