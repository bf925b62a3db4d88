import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";
import { answer, jsonOf } from "./http";
import type { Invoice } from "./sendInvoice";

const queue = new SQSClient();

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const { number, customer, amount } = jsonOf<Invoice>(event);
  if (!number || !customer || typeof amount !== "number") {
    return answer(400, { message: "An invoice needs a number, a customer and an amount." });
  }
  await queue.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: JSON.stringify({ number, customer, amount }) }));
  return answer(202, { number, status: "waiting" });
}
