import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";
import { answer, type NewArticle, table, tableName } from "./articles";

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const { title, text } = JSON.parse(event.body ?? "{}") as NewArticle;
  if (!title || !text) return answer(400, { message: "An article needs a title and a text." }, {});
  const article = { slug: event.pathParameters?.slug, title, text, changedAt: new Date().toISOString() };
  await table.send(new PutCommand({ TableName: tableName, Item: article }));
  return answer(200, article, { "cache-control": "no-store" });
}
