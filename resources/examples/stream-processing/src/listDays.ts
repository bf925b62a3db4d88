import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";
import { type Day, tables } from "./tables";

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const { Items: stored = [] } = await tables.send(
    new QueryCommand({
      TableName: process.env.DAYS,
      KeyConditionExpression: "sensor = :sensor",
      ExpressionAttributeValues: { ":sensor": event.pathParameters?.sensor },
      ScanIndexForward: false,
      Limit: 31,
    }),
  );
  const days = (stored as Day[]).map(({ day, count, lowest, highest, sum }) => ({ day, count, lowest, highest, mean: sum / count }));
  return { statusCode: 200, headers: { "content-type": "application/json" }, body: JSON.stringify({ days }) };
}
