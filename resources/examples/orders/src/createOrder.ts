import { randomUUID } from "node:crypto";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";
import { answer, jsonOf, type Order, type OrderLine, table, tableName } from "./orders";

const queue = new SQSClient();

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const { customer, lines } = jsonOf<{ customer: string; lines: OrderLine[] }>(event);
  if (!customer || !lines?.length) {
    return answer(400, { message: "An order needs a customer and at least one line." });
  }

  const order: Order = {
    id: randomUUID(),
    status: "placed",
    placedAt: new Date().toISOString(),
    customer,
    lines,
    total: lines.reduce((sum, line) => sum + line.quantity * line.price, 0),
    stage: process.env.STAGE ?? "dev",
  };
  await table.send(new PutCommand({ TableName: tableName, Item: order, ConditionExpression: "attribute_not_exists(id)" }));
  await queue.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: JSON.stringify({ id: order.id, total: order.total }) }));

  console.log("order placed", { id: order.id, total: order.total });
  return answer(201, order, { location: `/orders/${order.id}` });
}
