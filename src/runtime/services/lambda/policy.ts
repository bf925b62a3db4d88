import type { AddPermissionRequest } from "@aws-sdk/client-lambda";
import type { FunctionRecord, PolicyStatement } from "./function.ts";
import { functionArn } from "./function.ts";

/** Everyone, an account, a user or role, or a service. */
export function isPrincipal(principal: string): boolean {
  return principal === "*" || /^(?:\d{12}|arn:.+|[\w.-]+\.amazon(?:aws)?\.com(?:\.cn)?)$/.test(principal);
}

/** A statement of the function's resource policy, as AddPermission makes it. Kept, not enforced. */
export function statementOf(record: FunctionRecord, input: AddPermissionRequest, qualifier: string | undefined): PolicyStatement {
  const principal = input.Principal ?? "*";
  const { EventSourceToken: token } = input;
  const conditions = {
    ...(input.SourceArn !== undefined && { ArnLike: { "AWS:SourceArn": input.SourceArn } }),
    ...((input.SourceAccount !== undefined ||
      input.FunctionUrlAuthType !== undefined ||
      input.PrincipalOrgID !== undefined ||
      token !== undefined) && {
      StringEquals: {
        ...(input.SourceAccount !== undefined && { "AWS:SourceAccount": input.SourceAccount }),
        ...(input.PrincipalOrgID !== undefined && { "aws:PrincipalOrgID": input.PrincipalOrgID }),
        ...(token !== undefined && { "lambda:EventSourceToken": token }),
        ...(input.FunctionUrlAuthType !== undefined && { "lambda:FunctionUrlAuthType": input.FunctionUrlAuthType }),
      },
    }),
  };
  return {
    id: input.StatementId ?? "",
    ...(qualifier !== undefined && { qualifier }),
    statement: {
      Sid: input.StatementId,
      Effect: "Allow",
      Principal:
        principal === "*"
          ? "*"
          : /^\d{12}$/.test(principal)
            ? { AWS: `arn:aws:iam::${principal}:root` }
            : principal.startsWith("arn:")
              ? { AWS: principal }
              : { Service: principal },
      Action: input.Action,
      Resource: functionArn(record.latest, qualifier),
      ...(Object.keys(conditions).length > 0 && { Condition: conditions }),
    },
  };
}
