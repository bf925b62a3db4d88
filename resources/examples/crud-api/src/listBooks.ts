import { QueryCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";
import { answer, table, tableName } from "./books";

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const { author, limit, after } = event.queryStringParameters ?? {};
  const page = {
    TableName: tableName,
    Limit: Math.min(Math.max(Number(limit) || 20, 1), 100),
    ExclusiveStartKey: keyIn(after),
  };
  const { Items: books, LastEvaluatedKey: last } = author
    ? await table.send(
        new QueryCommand({
          ...page,
          IndexName: "byAuthor",
          KeyConditionExpression: "author = :author",
          ExpressionAttributeValues: { ":author": author },
        }),
      )
    : await table.send(new ScanCommand(page));
  return answer(200, { books, next: last && Buffer.from(JSON.stringify(last)).toString("base64url") });
}

/** Where the last page ended; a cursor that was not made here begins again. */
function keyIn(cursor: string | undefined): Record<string, string> | undefined {
  try {
    return cursor ? (JSON.parse(Buffer.from(cursor, "base64url").toString()) as Record<string, string>) : undefined;
  } catch {
    return undefined;
  }
}
