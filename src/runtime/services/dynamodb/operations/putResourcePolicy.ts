import type { PutResourcePolicyInput, PutResourcePolicyOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../kernel/service.ts";
import { checkConstraints, required } from "../constraints.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { checkRevision, policyTable, putPolicy } from "../resourcePolicy.ts";

export function putResourcePolicy(dynamodb: DynamoDb, input: PutResourcePolicyInput, call: Call): PutResourcePolicyOutput {
  checkConstraints([required(input.ResourceArn, "resourceArn"), required(input.Policy, "policy")]);
  const table = policyTable(dynamodb, input.ResourceArn);
  checkRevision(table, input.ExpectedRevisionId, input.ResourceArn);
  return { RevisionId: putPolicy(dynamodb, table, input.Policy ?? "", call) };
}
