import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";
import { answer, table, tableName } from "./books";

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const id = event.pathParameters?.id;
  const { Attributes: removed } = await table.send(new DeleteCommand({ TableName: tableName, Key: { id }, ReturnValues: "ALL_OLD" }));
  return removed ? { statusCode: 204 } : answer(404, { message: `There is no book ${id}.` });
}
