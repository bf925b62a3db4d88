// A queue's policy as AddPermission and RemovePermission write it. Kept, not enforced.
import type { AddPermissionRequest } from "@aws-sdk/client-sqs";
import { isJsonObject } from "../../../model/json.ts";
import type { JsonObject } from "../../../model/json.ts";
import type { Call } from "../../kernel/service.ts";
import { AwsError } from "../../kernel/awsError.ts";
import { invalidParameter, missingParameter } from "./errors.ts";
import type { Queue } from "./queues.ts";
import type { Sqs } from "./sqs.ts";

interface QueuePolicy {
  readonly Version: string;
  readonly Id?: string;
  readonly Statement: readonly JsonObject[];
}

interface Permission {
  readonly label: string;
  readonly accounts: readonly string[];
  readonly actions: readonly string[];
}

const maxActions = 7;
const sharedActions: readonly string[] = [
  "*",
  "SendMessage",
  "ReceiveMessage",
  "DeleteMessage",
  "ChangeMessageVisibility",
  "GetQueueAttributes",
  "GetQueueUrl",
  "ListDeadLetterSourceQueues",
  "PurgeQueue",
];
const ownersActions: readonly string[] = [
  "AddPermission",
  "CancelMessageMoveTask",
  "CreateQueue",
  "DeleteQueue",
  "ListMessageMoveTasks",
  "ListQueueTags",
  "ListQueues",
  "RemovePermission",
  "SetQueueAttributes",
  "StartMessageMoveTask",
  "TagQueue",
  "UntagQueue",
];

export function checkPermission(input: AddPermissionRequest): Permission {
  const { Label: label, AWSAccountIds: accounts, Actions: actions } = input;
  if (label === undefined) throw missingParameter("Label");
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(label))
    throw invalidParameter("Label", label, "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
  if (actions === undefined || actions.length === 0) throw missingParameter("Actions");
  if (accounts === undefined || accounts.length === 0) throw invalidParameter("PrincipalId", "[]", "Unable to verify.");
  if (actions.length > maxActions)
    throw new AwsError("OverLimit", `${actions.length} Actions were found, maximum allowed is ${maxActions}.`, { status: 403 });
  for (const action of actions) {
    if (ownersActions.includes(action))
      throw invalidParameter("ActionName", `SQS:${action}`, "Only the queue owner is allowed to invoke this action.");
    if (!sharedActions.includes(action))
      throw invalidParameter("ActionName", `SQS:${action}`, "Please refer to the appropriate WSDL for a list of valid actions. ");
  }
  return { label, accounts, actions };
}

/** One of a kind stands as itself, several as a list. */
export function statementOf(queue: Queue, { label, accounts, actions }: Permission): JsonObject {
  const principals = accounts.map((account) => `arn:aws:iam::${account}:root`);
  const named = actions.map((action) => `SQS:${action}`);
  return {
    Sid: label,
    Effect: "Allow",
    Principal: { AWS: oneOrAll(principals) },
    Action: oneOrAll(named),
    Resource: queue.arn,
  };
}

export function readPolicy(queue: Queue): QueuePolicy {
  const text = queue.attributes["Policy"];
  const fresh = { Version: "2008-10-17", Id: `${queue.arn}/SQSDefaultPolicy`, Statement: [] };
  if (text === undefined) return fresh;
  const policy: unknown = JSON.parse(text);
  if (!isJsonObject(policy)) return fresh;
  const { Version: version, Id: id, Statement: statements } = policy;
  return {
    Version: typeof version === "string" ? version : fresh.Version,
    ...(typeof id === "string" && { Id: id }),
    Statement: (Array.isArray(statements) ? statements : [statements]).filter((one): one is JsonObject => isJsonObject(one)),
  };
}

/** Without statements there is no policy. */
export function savePolicy(sqs: Sqs, queue: Queue, policy: QueuePolicy, call: Call): void {
  const before = queue.attributes;
  const { Policy: _, ...rest } = before;
  queue.attributes = policy.Statement.length === 0 ? rest : { ...rest, Policy: JSON.stringify(policy) };
  queue.modifiedAt = call.now();
  sqs.queues.save(queue);
  call.effect({
    action: "update",
    resource: sqs.queues.ref(queue),
    key: queue.name,
    before: { attributes: before },
    after: { attributes: queue.attributes },
  });
}

function oneOrAll(values: readonly string[]): string | string[] {
  const [first = ""] = values;
  return values.length === 1 ? first : [...values];
}
