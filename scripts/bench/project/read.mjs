import { DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";

const client = new DynamoDBClient();
const TableName = process.env.TABLE_NAME;
await client.send(new PutItemCommand({ TableName, Item: { id: { S: "1" }, name: { S: "first" }, price: { N: "12.5" } } }));

export const handler = async (event) => {
  const { Item } = await client.send(new GetItemCommand({ TableName, Key: { id: { S: event.pathParameters.id } } }));
  return { statusCode: 200, body: JSON.stringify({ name: Item.name.S }) };
};
