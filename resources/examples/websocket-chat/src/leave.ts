import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyResultV2, APIGatewayProxyWebsocketEventV2 } from "aws-lambda";
import { table, tableName } from "./people";

export async function handler({ requestContext }: APIGatewayProxyWebsocketEventV2): Promise<APIGatewayProxyResultV2> {
  await table.send(new DeleteCommand({ TableName: tableName, Key: { connection: requestContext.connectionId } }));
  return { statusCode: 200 };
}
