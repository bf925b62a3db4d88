import { AwsError } from "../../kernel/awsError.ts";
import type { Call } from "../../kernel/service.ts";
import type { DynamoDb } from "./dynamodb.ts";
import { invalid } from "./errors.ts";
import type { Table } from "./table.ts";

const maxPolicyBytes = 20_480;

/** Policies of tables and streams are kept and given back; Contrail lets every caller through. */
export function putPolicy(dynamodb: DynamoDb, table: Table, document: string, call: Call): string {
  if (Buffer.byteLength(document) > maxPolicyBytes)
    throw new AwsError("LimitExceededException", `Resource policy size exceeds the maximum of ${maxPolicyBytes / 1024} KB`);
  if (!isDocument(document)) throw invalid("Policy contains invalid JSON");
  const known = table.settings.policy ?? null;
  const revision = known?.document === document ? known.revision : String(Math.floor(call.now() * 1000));
  dynamodb.tables.update(table, { ...table.settings, policy: { document, revision } });
  return revision;
}

function isDocument(text: string): boolean {
  try {
    const document: unknown = JSON.parse(text);
    return typeof document === "object" && document !== null && "Statement" in document;
  } catch {
    return false;
  }
}

/** The table of an ARN that a policy belongs to. */
export function policyTable(dynamodb: DynamoDb, arn: string | undefined): Table {
  const table = dynamodb.tables.findByArn((arn ?? "").replace(/\/(stream|index)\/.*$/, ""));
  if (!table) throw new AwsError("ResourceNotFoundException", `Requested resource not found: ResourcArn: ${arn ?? ""} not found`);
  return table;
}

export function policyNotFound(arn: string | undefined): AwsError {
  return new AwsError("PolicyNotFoundException", `Resource-based policy not found for the provided ResourceArn: ${arn ?? ""}`);
}

/** ExpectedRevisionId: the policy has to be the one that the caller knows; NO_POLICY: there must be none. */
export function checkRevision(table: Table, expected: string | undefined, arn: string | undefined): void {
  if (expected === undefined) return;
  const known = table.settings.policy ?? null;
  if (expected === "NO_POLICY" ? known === null : known?.revision === expected) return;
  throw new AwsError("PolicyNotFoundException", `Resource-based policy not found for the provided ResourceArn: ${arn ?? ""}`);
}
