// What Lambda finds wrong with a mapping's source when it first looks at it.
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import { queueUrlOf } from "../destination.ts";
import { invalidParameter } from "../errors.ts";

/** Refuses a source that is not there, and a queue whose messages would come again while the function still works on them. */
export async function checkSource(arn: string, timeoutSeconds: number, call: Call): Promise<void> {
  const [, , service = "", region = call.region] = arn.split(":");
  const caller = { ...call.as({ service, type: "", name: arn, region }), actor: call.actor, region };
  if (service === "sqs") {
    const input = { QueueUrl: queueUrlOf(arn), AttributeNames: ["VisibilityTimeout"] };
    const { Attributes } = await call.kernel.invoke<QueueAttributes>("sqs", "GetQueueAttributes", input, caller).catch((error: unknown) => {
      if (!(error instanceof AwsError && error.code === "QueueDoesNotExist")) throw error;
      throw invalidParameter(
        "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.",
      );
    });
    const visibility = Number(Attributes?.VisibilityTimeout ?? 0);
    if (visibility < timeoutSeconds)
      throw invalidParameter(`Queue visibility timeout: ${visibility} seconds is less than Function timeout: ${timeoutSeconds} seconds`);
  }
  if (service === "dynamodb") {
    await call.kernel.invoke("dynamodb", "DescribeStream", { StreamArn: arn }, caller).catch((error: unknown) => {
      if (!(error instanceof AwsError && error.code === "ResourceNotFoundException")) throw error;
      throw invalidParameter(`Stream not found: ${arn}`);
    });
  }
  if (service === "kinesis") {
    const name = arn.split("/")[1];
    await call.kernel.invoke("kinesis", "DescribeStreamSummary", { StreamName: name }, caller).catch((error: unknown) => {
      if (!(error instanceof AwsError && error.code === "ResourceNotFoundException")) throw error;
      throw invalidParameter(`Stream not found: ${arn}`);
    });
  }
}

interface QueueAttributes {
  readonly Attributes?: { readonly VisibilityTimeout?: string };
}
