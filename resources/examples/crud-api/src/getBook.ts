import { GetCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";
import { answer, table, tableName } from "./books";

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const id = event.pathParameters?.id;
  const { Item: book } = await table.send(new GetCommand({ TableName: tableName, Key: { id } }));
  return book ? answer(200, book) : answer(404, { message: `There is no book ${id}.` });
}
