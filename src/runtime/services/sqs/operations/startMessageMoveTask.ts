import type { StartMessageMoveTaskRequest, StartMessageMoveTaskResult } from "@aws-sdk/client-sqs";
import { sqsLimits } from "../../../../model/limits/sqs.ts";
import type { Call } from "../../../kernel/service.ts";
import { moveResourceNotFound, invalidParameterValue, missingParameter } from "../errors.ts";
import { checkRange } from "../messageContent.ts";
import { taskHandleOf } from "../moveTasks.ts";
import type { Sqs } from "../sqs.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html */
export function startMessageMoveTask(sqs: Sqs, input: StartMessageMoveTaskRequest, call: Call): StartMessageMoveTaskResult {
  const { SourceArn: sourceArn, DestinationArn: destinationArn, MaxNumberOfMessagesPerSecond: rate } = input;
  if (sourceArn === undefined) throw missingParameter("SourceArn");
  const most = sqsLimits.moveMessagesPerSecondMax.value;
  checkRange("MaxNumberOfMessagesPerSecond", rate, 1, most, `Must be between 1 and ${most}.`);
  const source = sqs.queues.findByArn(sourceArn);
  if (source === undefined) throw moveResourceNotFound("SourceArn");
  call.target(sqs.queues.ref(source));
  const isDeadLetterQueue = sqs.queues.all().some((queue) => queue.redrivePolicy?.deadLetterTargetArn === sourceArn);
  if (!isDeadLetterQueue) throw invalidParameterValue("Source queue must be configured as a Dead Letter Queue.");
  if (destinationArn !== undefined) {
    if (destinationArn === sourceArn) throw invalidParameterValue("Source queue arn cannot be the same as destination queue arn.");
    const destination = sqs.queues.findByArn(destinationArn);
    if (destination === undefined) throw moveResourceNotFound("DestinationArn");
    if (destination.isFifo !== source.isFifo) throw invalidParameterValue("Destination queue must be same type of queue as the source.");
  }
  if (sqs.moveTasks.of(sourceArn).some((task) => task.status === "RUNNING")) {
    throw invalidParameterValue("There is already a task running. Only one active task is allowed for a source queue arn at a given time.");
  }
  return { TaskHandle: taskHandleOf(sqs.moveTasks.start(source, destinationArn, rate, call)) };
}
