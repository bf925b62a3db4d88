import { createHash } from "node:crypto";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";
import { answer, table, tableName } from "./articles";

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const slug = event.pathParameters?.slug;
  const { Item: article } = await table.send(new GetCommand({ TableName: tableName, Key: { slug } }));
  if (!article) return answer(404, { message: `There is no article ${slug}.` }, {});

  // browsers ask the edge each minute, the edge asks us each hour
  const caching = { "cache-control": "public, max-age=60, s-maxage=3600", etag: tagOf(article) };
  if (event.headers["if-none-match"] === caching.etag) return { statusCode: 304, headers: caching };
  return answer(200, article, caching);
}

function tagOf(value: unknown): string {
  return `"${createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, 16)}"`;
}
