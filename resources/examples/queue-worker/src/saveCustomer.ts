import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";
import { answer, jsonOf } from "./http";

const tables = DynamoDBDocumentClient.from(new DynamoDBClient());

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const { email } = jsonOf<{ email: string }>(event);
  if (!email) return answer(400, { message: "A customer needs an email address." });
  const customer = { id: event.pathParameters?.id, email };
  await tables.send(new PutCommand({ TableName: process.env.CUSTOMERS, Item: customer }));
  return answer(200, customer);
}
