import { GetCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";
import { answer, table, tableName } from "./orders";

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const id = event.pathParameters?.id;
  const { Item: order } = await table.send(new GetCommand({ TableName: tableName, Key: { id } }));
  if (!order) return answer(404, { message: `There is no order ${id}.` });

  // a fulfilled order never changes again, so the edge may keep it longer
  const seconds = order.status === "fulfilled" ? 300 : 5;
  return answer(200, order, { "cache-control": `public, max-age=${seconds}` });
}
