import { DeleteCommand, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyResultV2, APIGatewayProxyWebsocketEventV2 } from "aws-lambda";
import { send } from "./clients";
import { type Person, table, tableName } from "./people";

export async function handler({ body, requestContext }: APIGatewayProxyWebsocketEventV2): Promise<APIGatewayProxyResultV2> {
  const { text } = JSON.parse(body ?? "{}") as { action: "say"; text: string };
  const { Item: speaker } = await table.send(new GetCommand({ TableName: tableName, Key: { connection: requestContext.connectionId } }));
  if (!speaker) return { statusCode: 410 };

  const { Items: people = [] } = await table.send(
    new QueryCommand({
      TableName: tableName,
      IndexName: "byRoom",
      KeyConditionExpression: "room = :room",
      ExpressionAttributeValues: { ":room": speaker.room },
    }),
  );
  await Promise.all(
    (people as Person[]).map(async ({ connection, name }) => {
      if (await send(requestContext, connection, { from: speaker.name, text })) return;
      // it ended without a word
      console.log(`${name} is gone`);
      await table.send(new DeleteCommand({ TableName: tableName, Key: { connection } }));
    }),
  );
  return { statusCode: 200 };
}
