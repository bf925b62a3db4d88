import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { SignUp } from "./signUps";

export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  for (const message of event.Records) {
    const { email, plan } = JSON.parse(message.body) as SignUp;
    // here a mail would leave
    console.log(`welcome ${email}, on ${plan}`);
  }
  return { batchItemFailures: [] };
}
