import type { RemovePermissionInput } from "@aws-sdk/client-sns";
import type { Call } from "../../../kernel/service.ts";
import { missing } from "../errors.ts";
import { policyOf, writePolicy } from "../policy.ts";
import type { Sns } from "../sns.ts";
import { topicAt } from "../sns.ts";

export function removePermission(sns: Sns, input: RemovePermissionInput, call: Call): void {
  const topic = topicAt(sns, input.TopicArn, call.region);
  if (input.Label === undefined) throw missing("label");
  const policy = policyOf(topic, call.accountId);
  writePolicy(sns, topic, { ...policy, Statement: policy.Statement.filter((statement) => statement["Sid"] !== input.Label) });
}
