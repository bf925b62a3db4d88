const { DynamoDBClient, ScanCommand } = require("@aws-sdk/client-dynamodb");
const table = new DynamoDBClient({});

exports.handler = async () => (await table.send(new ScanCommand({ TableName: process.env.TABLE_NAME }))).Count;
