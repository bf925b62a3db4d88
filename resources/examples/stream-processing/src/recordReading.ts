import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";
import { tables } from "./tables";

const keptSeconds = 30 * 24 * 60 * 60;

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const { celsius } = JSON.parse(event.body ?? "{}") as { celsius: number };
  const now = new Date();
  const reading = {
    sensor: event.pathParameters?.sensor,
    at: now.toISOString(),
    celsius,
    expiresAt: Math.floor(now.getTime() / 1000) + keptSeconds,
  };
  await tables.send(new PutCommand({ TableName: process.env.READINGS, Item: reading }));
  return { statusCode: 202, headers: { "content-type": "application/json" }, body: JSON.stringify(reading) };
}
