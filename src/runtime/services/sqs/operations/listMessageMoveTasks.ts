import type { ListMessageMoveTasksRequest, ListMessageMoveTasksResult } from "@aws-sdk/client-sqs";
import { moveResourceNotFound, missingParameter } from "../errors.ts";
import { checkRange } from "../messageContent.ts";
import { describeTask } from "../moveTasks.ts";
import type { Sqs } from "../sqs.ts";

const mostResults = 10;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListMessageMoveTasks.html */
export function listMessageMoveTasks(sqs: Sqs, input: ListMessageMoveTasksRequest): ListMessageMoveTasksResult {
  if (input.SourceArn === undefined) throw missingParameter("SourceArn");
  checkRange("MaxResults", input.MaxResults, 1, mostResults, `Must be between 1 and ${mostResults}.`);
  if (sqs.queues.findByArn(input.SourceArn) === undefined) throw moveResourceNotFound("SourceArn");
  const found = sqs.moveTasks.of(input.SourceArn).slice(0, input.MaxResults ?? 1);
  return { Results: found.map(describeTask) };
}
