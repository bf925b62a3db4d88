import type { SQSBatchResponse, SQSEvent } from "aws-lambda";

interface Job {
  text: string;
}

/** Each message stands for itself: those that fail come again, the others are done. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const message of event.Records) {
    try {
      await work(JSON.parse(message.body) as Job);
    } catch (error) {
      console.error("job failed", error);
      batchItemFailures.push({ itemIdentifier: message.messageId });
    }
  }
  return { batchItemFailures };
}

async function work({ text }: Job): Promise<void> {
  if (!text) throw new Error("A job needs a text.");
  console.log("job done", { text });
}
