import type { PutPermissionRequest } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import { constraint, validation } from "../errors.ts";
import type { Events } from "../events.ts";
import type { PolicyStatement } from "../buses.ts";

/** Kept as AWS keeps it; nothing enforces it. */
export function putPermission(events: Events, input: PutPermissionRequest, call: Call): void {
  const bus = events.buses.get(call.region, input.EventBusName);
  const statements = input.Policy === undefined ? [statementOf(input, bus.arn)] : statementsIn(input.Policy);
  const kept = input.Policy === undefined ? bus.policy.filter(({ Sid: sid }) => sid !== input.StatementId) : [];
  events.buses.save({ ...bus, policy: [...kept, ...statements], modifiedAt: call.now() });
}

function statementOf(
  { StatementId: sid, Principal: principal, Action: action, Condition: condition }: PutPermissionRequest,
  arn: string,
): PolicyStatement {
  if (sid === undefined) throw constraint(sid, "statementId", "Member must not be null");
  if (action !== "events:PutEvents") throw validation("Provided value in parameter 'action' is not supported.");
  if (principal === undefined || !/^(\d{12}|\*)$/.test(principal))
    throw constraint(principal, "principal", "Member must satisfy regular expression pattern: (\\d{12}|\\*)");
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: principal === "*" ? "*" : { AWS: `arn:aws:iam::${principal}:root` },
    Action: action,
    Resource: arn,
    ...(condition?.Type !== undefined &&
      condition.Key !== undefined && { Condition: { [condition.Type]: { [condition.Key]: condition.Value } } }),
  };
}

function statementsIn(policy: string): readonly PolicyStatement[] {
  let document: { readonly Statement?: PolicyStatement | readonly PolicyStatement[] };
  try {
    document = JSON.parse(policy) as typeof document;
  } catch {
    throw validation("This policy contains invalid Json");
  }
  const { Statement: statements = [] } = document;
  return Array.isArray(statements) ? (statements as readonly PolicyStatement[]) : [statements as PolicyStatement];
}
