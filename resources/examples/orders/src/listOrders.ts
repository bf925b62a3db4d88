import { QueryCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";
import { answer, table, tableName } from "./orders";

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const status = event.queryStringParameters?.status;
  const { Items: orders } = status
    ? await table.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: "byStatus",
          KeyConditionExpression: "#status = :status",
          ExpressionAttributeNames: { "#status": "status" },
          ExpressionAttributeValues: { ":status": status },
          ScanIndexForward: false,
          Limit: 50,
        }),
      )
    : await table.send(new ScanCommand({ TableName: tableName, Limit: 50 }));
  return answer(200, { orders }, { "cache-control": "no-store" });
}
