import type { ListStacksInput, ListStacksOutput } from "@aws-sdk/client-cloudformation";
import type { CloudFormation } from "../cloudFormation.ts";
import type { Call } from "../../../kernel/service.ts";

/** Deleted stacks too, as on AWS, unless filtered. */
export function listStacks(cloudFormation: CloudFormation, input: ListStacksInput, call: Call): ListStacksOutput {
  const wanted = new Set<string>(input.StackStatusFilter ?? []);
  const stacks = cloudFormation.store.all(call.region).filter((stack) => wanted.size === 0 || wanted.has(stack.status));
  return {
    StackSummaries: stacks.map((stack) => ({
      StackId: stack.id,
      StackName: stack.name,
      ...(stack.description !== null && { TemplateDescription: stack.description }),
      CreationTime: new Date(stack.createdAt),
      ...(stack.updatedAt !== null && { LastUpdatedTime: new Date(stack.updatedAt) }),
      StackStatus: stack.status,
      ...(stack.statusReason !== null && { StackStatusReason: stack.statusReason }),
      DriftInformation: { StackDriftStatus: "NOT_CHECKED" },
    })),
  };
}
