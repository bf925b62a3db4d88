"use strict";
var __defProp = Object.defineProperty;
var __export = (target, all) => {
  for (var name in all) __defProp(target, name, { get: all[name], enumerable: true });
};
var __toCommonJS = (mod) => __defProp({ ...mod }, "__esModule", { value: true });

// lambda/createOrder.ts
var createOrder_exports = {};
__export(createOrder_exports, { handler: () => handler });
module.exports = __toCommonJS(createOrder_exports);
var { DynamoDBClient, PutItemCommand } = require("@aws-sdk/client-dynamodb");
var { SQSClient, SendMessageCommand } = require("@aws-sdk/client-sqs");
var table = new DynamoDBClient({});
var queue = new SQSClient({});
async function handler(event) {
  const { id } = JSON.parse(event.body);
  await table.send(new PutItemCommand({ TableName: process.env.TABLE_NAME, Item: { id: { S: id }, state: { S: "placed" } } }));
  await queue.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: id }));
  return { statusCode: 201, body: JSON.stringify({ id, stage: event.requestContext.stage }) };
}
