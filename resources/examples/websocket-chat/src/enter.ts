import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyResultV2, APIGatewayProxyWebsocketEventV2WithRequestContext } from "aws-lambda";
import { table, tableName } from "./people";

type ConnectEvent = APIGatewayProxyWebsocketEventV2WithRequestContext<{ connectionId: string }> & {
  queryStringParameters?: Record<string, string>;
};

const longestSeconds = 2 * 60 * 60;

export async function handler({ requestContext, queryStringParameters }: ConnectEvent): Promise<APIGatewayProxyResultV2> {
  const { name, room = "lobby" } = queryStringParameters ?? {};
  if (!name) return { statusCode: 401 };
  const goneAt = Math.floor(Date.now() / 1000) + longestSeconds;
  await table.send(new PutCommand({ TableName: tableName, Item: { connection: requestContext.connectionId, room, name, goneAt } }));
  console.log(`${name} enters ${room}`);
  return { statusCode: 200 };
}
