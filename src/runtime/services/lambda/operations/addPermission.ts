import type { AddPermissionRequest, AddPermissionResponse } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { conflict, validation } from "../errors.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";
import { statementOf } from "../policy.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
export function addPermission(functions: Functions) {
  return (input: AddPermissionRequest, call: Call): AddPermissionResponse => {
    const given = parseFunctionName(input.FunctionName, input.Qualifier);
    const record = functions.store.get(given, call.region);
    functions.store.version(given, call.region);
    if (!/^[a-zA-Z0-9-_]+$/.test(input.StatementId ?? ""))
      throw validation(input.StatementId ?? "", "statementId", "Member must satisfy regular expression pattern: ([a-zA-Z0-9-_]+)");
    if (record.policy.some((statement) => statement.id === input.StatementId && statement.qualifier === given.qualifier)) {
      throw conflict(
        `The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
      );
    }
    const statement = statementOf(record, input, given.qualifier);
    functions.save({ ...record, policy: [...record.policy, statement] });
    return { Statement: JSON.stringify(statement.statement) };
  };
}
