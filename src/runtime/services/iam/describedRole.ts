import type { Role } from "@aws-sdk/client-iam";
import { AwsError } from "../../kernel/awsError.ts";
import type { KeptRole, Roles } from "./roles.ts";

/** As the operations give it; IAM percent-encodes the trust policy. */
export function describedRole(role: KeptRole): Role {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: new Date(role.createdAt),
    AssumeRolePolicyDocument: encodeURIComponent(role.trustPolicy),
    MaxSessionDuration: 3600,
    ...(role.description !== null && { Description: role.description }),
  };
}

export function roleNamed(roles: Roles, name: string | undefined): KeptRole {
  const role = name === undefined ? undefined : roles.find(name);
  if (role === undefined) throw new AwsError("NoSuchEntity", `The role with name ${name ?? ""} cannot be found.`, { status: 404 });
  return role;
}
