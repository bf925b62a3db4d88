import type { DeleteResourcePolicyInput, DeleteResourcePolicyOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../kernel/service.ts";
import { checkConstraints, required } from "../constraints.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { checkRevision, policyTable } from "../resourcePolicy.ts";

/** Deleting what is not there is no error, unless a revision was expected. */
export function deleteResourcePolicy(dynamodb: DynamoDb, input: DeleteResourcePolicyInput, _call: Call): DeleteResourcePolicyOutput {
  checkConstraints([required(input.ResourceArn, "resourceArn")]);
  const table = policyTable(dynamodb, input.ResourceArn);
  checkRevision(table, input.ExpectedRevisionId, input.ResourceArn);
  const { policy } = table.settings;
  if (!policy) return {};
  dynamodb.tables.update(table, { ...table.settings, policy: null });
  return { RevisionId: policy.revision };
}
