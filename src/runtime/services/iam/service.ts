import type { Service } from "../../kernel/service.ts";
import { iam as definition } from "./definition.ts";
import { managedPolicyProvider, policyProvider, roleProvider } from "./resources.ts";

export const iamService: Service = {
  definition,
  create: () => ({
    operations: {},
    resources: { "AWS::IAM::ManagedPolicy": managedPolicyProvider, "AWS::IAM::Policy": policyProvider, "AWS::IAM::Role": roleProvider },
  }),
};
