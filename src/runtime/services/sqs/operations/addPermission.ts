import type { AddPermissionRequest } from "@aws-sdk/client-sqs";
import type { Call } from "../../../kernel/service.ts";
import { checkPermission, readPolicy, savePolicy, statementOf } from "../policy.ts";
import type { Sqs } from "../sqs.ts";
import { queueAt } from "../sqs.ts";
import { invalidParameter } from "../errors.ts";

/** Adds a statement to the queue's policy. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_AddPermission.html */
export function addPermission(sqs: Sqs, input: AddPermissionRequest, call: Call): void {
  const queue = queueAt(sqs, input.QueueUrl, call.region);
  const permission = checkPermission(input);
  const policy = readPolicy(queue);
  if (policy.Statement.some((statement) => statement["Sid"] === permission.label))
    throw invalidParameter("Label", permission.label, "Already exists.");
  savePolicy(sqs, queue, { ...policy, Statement: [...policy.Statement, statementOf(queue, permission)] }, call);
}
