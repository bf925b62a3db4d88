import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";
import { answer, jsonOf, type NewBook, problemOf, table, tableName } from "./books";

interface BookChange extends NewBook {
  version: number;
}

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const id = event.pathParameters?.id;
  const { title, author, year, version } = jsonOf<BookChange>(event);
  const problem = problemOf({ title, author, year });
  if (problem !== undefined) return answer(400, { message: problem });
  if (!version) return answer(400, { message: "Say which version of the book you read." });

  const book = { id, title, author, year, version: version + 1 };
  try {
    await table.send(
      new PutCommand({
        TableName: tableName,
        Item: book,
        ConditionExpression: "version = :read",
        ExpressionAttributeValues: { ":read": version },
      }),
    );
    return answer(200, book);
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const { Item: current } = await table.send(new GetCommand({ TableName: tableName, Key: { id } }));
    return current
      ? answer(409, { message: `Somebody changed this book: it is at version ${current.version} now.`, current })
      : answer(404, { message: `There is no book ${id}.` });
  }
}
