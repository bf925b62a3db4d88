import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { APIGatewayProxyResultV2 } from "aws-lambda";
import { answer } from "./http";

const queues = new SQSClient();

/** Sent to the queue first and only then deleted: whatever happens in between, no message is lost. */
export async function handler(): Promise<APIGatewayProxyResultV2> {
  let moved = 0;
  for (;;) {
    const { Messages: messages = [] } = await queues.send(
      new ReceiveMessageCommand({ QueueUrl: process.env.FROM_URL, MaxNumberOfMessages: 10 }),
    );
    if (messages.length === 0) return answer(200, { moved });
    for (const { Body: body, ReceiptHandle: handle } of messages) {
      await queues.send(new SendMessageCommand({ QueueUrl: process.env.TO_URL, MessageBody: body }));
      await queues.send(new DeleteMessageCommand({ QueueUrl: process.env.FROM_URL, ReceiptHandle: handle }));
      moved += 1;
    }
  }
}
