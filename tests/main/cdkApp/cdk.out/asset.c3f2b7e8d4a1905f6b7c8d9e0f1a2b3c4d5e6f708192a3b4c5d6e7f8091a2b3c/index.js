const { DynamoDBClient, PutItemCommand } = require("@aws-sdk/client-dynamodb");
const table = new DynamoDBClient({});

exports.handler = async ({ Records }) => {
  for (const { body } of Records)
    await table.send(new PutItemCommand({ TableName: process.env.TABLE_NAME, Item: { id: { S: body }, state: { S: "fulfilled" } } }));
};
