import type { ListRolesRequest, ListRolesResponse } from "@aws-sdk/client-iam";
import { describedRole } from "../describedRole.ts";
import type { Roles } from "../roles.ts";

export function listRoles(roles: Roles, input: ListRolesRequest): ListRolesResponse {
  const { PathPrefix: prefix = "/" } = input;
  return {
    Roles: roles
      .all()
      .filter((role) => role.path.startsWith(prefix))
      .map(describedRole),
    IsTruncated: false,
  };
}
