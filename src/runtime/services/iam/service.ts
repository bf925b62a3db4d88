import type { Service } from "../../kernel/service.ts";
import { iam as definition } from "./definition.ts";
import { createRole } from "./operations/createRole.ts";
import { deleteRole } from "./operations/deleteRole.ts";
import { getRole } from "./operations/getRole.ts";
import { listRoles } from "./operations/listRoles.ts";
import { managedPolicyProvider, policyProvider, roleProvider } from "./resources.ts";
import { createRoles } from "./roles.ts";

export const iamService: Service = {
  definition,
  create({ database }) {
    const roles = createRoles(database);
    return {
      operations: {
        CreateRole: (input, call) => createRole(roles, input, call),
        DeleteRole: (input) => deleteRole(roles, input),
        GetRole: (input) => getRole(roles, input),
        ListRoles: (input) => listRoles(roles, input),
      },
      resources: { "AWS::IAM::ManagedPolicy": managedPolicyProvider, "AWS::IAM::Policy": policyProvider, "AWS::IAM::Role": roleProvider },
    };
  },
};
