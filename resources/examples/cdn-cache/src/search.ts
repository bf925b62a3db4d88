import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";
import { answer, table, tableName } from "./articles";

const headings: Record<string, string> = { de: "Gefunden", en: "Found", es: "Encontrado" };

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const word = event.queryStringParameters?.q ?? "";
  const language = event.headers["accept-language"]?.slice(0, 2) ?? "en";
  const { Items: found = [] } = await table.send(
    new ScanCommand({
      TableName: tableName,
      FilterExpression: "contains(title, :word) OR contains(#text, :word)",
      ExpressionAttributeNames: { "#text": "text" },
      ExpressionAttributeValues: { ":word": word },
    }),
  );
  const body = { heading: headings[language] ?? headings.en, articles: found.map(({ slug, title }) => ({ slug, title })) };
  return answer(200, body, { "cache-control": "public, max-age=30" });
}
