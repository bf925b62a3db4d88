import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";

// outside the handler, so that one environment connects once
const table = DynamoDBDocumentClient.from(new DynamoDBClient());
const tableName = process.env.TABLE_NAME;

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const id = event.pathParameters?.id;
  if (event.requestContext.http.method === "PUT") {
    const { text } = JSON.parse(event.body ?? "{}") as { text: string };
    await table.send(new PutCommand({ TableName: tableName, Item: { id, text: text ?? "" } }));
    return answer(200, { id, text });
  }
  const { Item: item } = await table.send(new GetCommand({ TableName: tableName, Key: { id } }));
  return item ? answer(200, item) : answer(404, { message: `There is no item ${id}.` });
}

function answer(statusCode: number, body: unknown): APIGatewayProxyResultV2 {
  return { statusCode, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
