import { GetCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";
import { answer, tables } from "./orders";

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const id = event.pathParameters?.id;
  const { Item: stored } = await tables.send(new GetCommand({ TableName: process.env.ORDERS, Key: { id } }));
  if (!stored) return answer(404, { message: `There is no order ${id}.` });
  const { parcelToken: _, ...order } = stored;
  return answer(200, order);
}
