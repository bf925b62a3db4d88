import type { DeleteRoleRequest } from "@aws-sdk/client-iam";
import { roleNamed } from "../describedRole.ts";
import type { Roles } from "../roles.ts";

export function deleteRole(roles: Roles, input: DeleteRoleRequest): Record<string, never> {
  roles.remove(roleNamed(roles, input.RoleName).name);
  return {};
}
