import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";

const orders = new SQSClient({});

export const handler = async ({ Records }) => {
  for (const { body } of Records) {
    if (body === "throw") throw new Error("broken");
    console.log(`packing ${body}`);
    await orders.send(new SendMessageCommand({ QueueUrl: process.env.ORDERS, MessageBody: `${body} packed` }));
  }
};
