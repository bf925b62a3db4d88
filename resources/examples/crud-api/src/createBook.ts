import { randomUUID } from "node:crypto";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";
import { answer, jsonOf, type NewBook, problemOf, table, tableName } from "./books";

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const { title, author, year } = jsonOf<NewBook>(event);
  const problem = problemOf({ title, author, year });
  if (problem !== undefined) return answer(400, { message: problem });

  const book = { id: randomUUID(), title, author, year, version: 1 };
  await table.send(new PutCommand({ TableName: tableName, Item: book, ConditionExpression: "attribute_not_exists(id)" }));
  return answer(201, book, { location: `/books/${book.id}` });
}
