import type { GetRoleRequest, GetRoleResponse } from "@aws-sdk/client-iam";
import { describedRole, roleNamed } from "../describedRole.ts";
import type { Roles } from "../roles.ts";

export function getRole(roles: Roles, input: GetRoleRequest): GetRoleResponse {
  return { Role: describedRole(roleNamed(roles, input.RoleName)) };
}
