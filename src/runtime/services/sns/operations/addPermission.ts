import type { AddPermissionInput } from "@aws-sdk/client-sns";
import type { Call } from "../../../kernel/service.ts";
import { invalidParameter, missing } from "../errors.ts";
import { policyOf, publicActions, writePolicy } from "../policy.ts";
import type { Sns } from "../sns.ts";
import { topicAt } from "../sns.ts";

/** A statement more in the topic's policy: kept, not enforced. */
export function addPermission(sns: Sns, input: AddPermissionInput, call: Call): void {
  const topic = topicAt(sns, input.TopicArn, call.region);
  const { Label: label, AWSAccountId: accounts, ActionName: actions } = input;
  if (label === undefined) throw missing("label");
  if (accounts === undefined || accounts.length === 0) throw missing("aWSAccountId");
  if (actions === undefined || actions.length === 0) throw missing("actionName");
  for (const action of actions)
    if (!publicActions.includes(action)) throw invalidParameter("Policy statement action out of service scope!");
  const policy = policyOf(topic, call.accountId);
  if (policy.Statement.some((statement) => statement["Sid"] === label)) throw invalidParameter("Statement already exists");
  const principals = accounts.map((account) => `arn:aws:iam::${account}:root`);
  policy.Statement.push({
    Sid: label,
    Effect: "Allow",
    Principal: { AWS: principals.length === 1 ? (principals[0] ?? "") : principals },
    Action: actions.length === 1 ? `SNS:${actions[0]}` : actions.map((action) => `SNS:${action}`),
    Resource: topic.arn,
  });
  writePolicy(sns, topic, policy);
}
