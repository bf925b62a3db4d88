import type { RemovePermissionRequest } from "@aws-sdk/client-sqs";
import type { Call } from "../../../kernel/service.ts";
import { invalidParameter, missingParameter } from "../errors.ts";
import { readPolicy, savePolicy } from "../policy.ts";
import type { Sqs } from "../sqs.ts";
import { queueAt } from "../sqs.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_RemovePermission.html */
export function removePermission(sqs: Sqs, input: RemovePermissionRequest, call: Call): void {
  const queue = queueAt(sqs, input.QueueUrl, call.region);
  if (input.Label === undefined) throw missingParameter("Label");
  const policy = readPolicy(queue);
  const left = policy.Statement.filter((statement) => statement["Sid"] !== input.Label);
  if (policy.Statement.length === 0) throw invalidParameter("Label", input.Label, "can't find label.");
  if (left.length === policy.Statement.length) throw invalidParameter("Label", input.Label, "can't find label on existing policy.");
  savePolicy(sqs, queue, { ...policy, Statement: left }, call);
}
