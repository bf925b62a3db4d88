import type { DescribeStacksInput, DescribeStacksOutput, Stack as DescribedStack } from "@aws-sdk/client-cloudformation";
import { stackNamed, type CloudFormation } from "../cloudFormation.ts";
import type { Stack } from "../stack.ts";
import type { Call } from "../../../kernel/service.ts";

export function describeStacks(cloudFormation: CloudFormation, input: DescribeStacksInput, call: Call): DescribeStacksOutput {
  if (input.StackName !== undefined) return { Stacks: [described(stackNamed(cloudFormation, input.StackName, call.region))] };
  return {
    Stacks: cloudFormation.store
      .all(call.region)
      .filter((stack) => stack.status !== "DELETE_COMPLETE")
      .map(described),
  };
}

function described(stack: Stack): DescribedStack {
  return {
    StackId: stack.id,
    StackName: stack.name,
    ...(stack.description !== null && { Description: stack.description }),
    Parameters: stack.parameters.map(({ key, value, isHidden }) => ({ ParameterKey: key, ParameterValue: isHidden ? "****" : value })),
    CreationTime: new Date(stack.createdAt),
    ...(stack.updatedAt !== null && { LastUpdatedTime: new Date(stack.updatedAt) }),
    RollbackConfiguration: {},
    StackStatus: stack.status,
    ...(stack.statusReason !== null && { StackStatusReason: stack.statusReason }),
    DisableRollback: false,
    NotificationARNs: [],
    Capabilities: ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
    Outputs: stack.outputs.map(({ key, value, description, exportName }) => ({
      OutputKey: key,
      OutputValue: String(value),
      ...(description !== null && { Description: description }),
      ...(exportName !== null && { ExportName: exportName }),
    })),
    Tags: [...stack.tags],
    ...(stack.nesting !== undefined && { ParentId: stack.nesting.parentId, RootId: stack.nesting.rootId }),
    EnableTerminationProtection: false,
    DriftInformation: { StackDriftStatus: "NOT_CHECKED" },
  };
}
