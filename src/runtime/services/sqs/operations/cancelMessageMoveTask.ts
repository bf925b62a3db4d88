import type { CancelMessageMoveTaskRequest, CancelMessageMoveTaskResult } from "@aws-sdk/client-sqs";
import { AwsError } from "../../../kernel/awsError.ts";
import { invalidParameterValue, missingParameter, moveResourceNotFound } from "../errors.ts";
import { readTaskHandle } from "../moveTasks.ts";
import type { Sqs } from "../sqs.ts";

/** What was moved stays moved. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CancelMessageMoveTask.html */
export function cancelMessageMoveTask(sqs: Sqs, input: CancelMessageMoveTaskRequest): CancelMessageMoveTaskResult {
  if (input.TaskHandle === undefined) throw missingParameter("TaskHandle");
  const handle = readTaskHandle(input.TaskHandle);
  if (handle === undefined) throw invalidParameterValue("Value for parameter TaskHandle is invalid.");
  if (sqs.queues.findByArn(handle.sourceArn) === undefined) throw moveResourceNotFound("SourceArn");
  const task = sqs.moveTasks.find(handle.taskId);
  if (task?.status !== "RUNNING") throw new AwsError("ResourceNotFoundException", "Task does not exist.", { status: 404 });
  sqs.moveTasks.cancel(task);
  return { ApproximateNumberOfMessagesMoved: task.moved };
}
