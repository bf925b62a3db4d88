import type { CreateRoleRequest, CreateRoleResponse } from "@aws-sdk/client-iam";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import { describedRole } from "../describedRole.ts";
import type { KeptRole, Roles } from "../roles.ts";

export function createRole(roles: Roles, input: CreateRoleRequest, call: Call): CreateRoleResponse {
  const { RoleName: name = "", AssumeRolePolicyDocument: trustPolicy = "", Path: path = "/", Description: description = null } = input;
  if (!/^[\w+=,.@-]{1,64}$/.test(name)) {
    throw new AwsError(
      "ValidationError",
      `1 validation error detected: Value '${name}' at 'roleName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+`,
    );
  }
  if (!isJson(trustPolicy)) throw new AwsError("MalformedPolicyDocument", "This policy contains invalid Json");
  if (roles.find(name) !== undefined) throw new AwsError("EntityAlreadyExists", `Role with name ${name} already exists.`, { status: 409 });
  const role: KeptRole = {
    name,
    path,
    trustPolicy,
    description,
    id: roles.newId(call.kernel.ids),
    arn: `arn:aws:iam::${call.accountId}:role${path}${name}`,
    createdAt: call.now(),
  };
  roles.save(role);
  return { Role: describedRole(role) };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
