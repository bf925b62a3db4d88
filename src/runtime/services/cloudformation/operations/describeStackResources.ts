import type { DescribeStackResourcesInput, DescribeStackResourcesOutput } from "@aws-sdk/client-cloudformation";
import { describedResource, stackNamed, validationError, type CloudFormation } from "../cloudFormation.ts";
import type { Call } from "../../../kernel/service.ts";

/** By stack, or by the physical id of one of its resources: then all of that resource's stack. */
export function describeStackResources(
  cloudFormation: CloudFormation,
  input: DescribeStackResourcesInput,
  call: Call,
): DescribeStackResourcesOutput {
  const { StackName, PhysicalResourceId, LogicalResourceId } = input;
  if (StackName === undefined && PhysicalResourceId === undefined)
    throw validationError("Either StackName or PhysicalResourceId must be specified");
  if (StackName !== undefined && PhysicalResourceId !== undefined)
    throw validationError("You cannot specify both StackName and PhysicalResourceId");
  const stack =
    PhysicalResourceId === undefined
      ? stackNamed(cloudFormation, StackName, call.region)
      : stackWith(cloudFormation, PhysicalResourceId, call.region);
  const resources = [...cloudFormation.store.resources(stack.id).values()].filter(
    (resource) => LogicalResourceId === undefined || resource.logicalId === LogicalResourceId,
  );
  return {
    StackResources: resources.map((resource) => ({ ...describedResource(stack, resource), Timestamp: new Date(resource.updatedAt) })),
  };
}

function stackWith(cloudFormation: CloudFormation, physicalId: string, region: string): ReturnType<typeof stackNamed> {
  for (const stack of cloudFormation.store.all(region)) {
    for (const resource of cloudFormation.store.resources(stack.id).values()) if (resource.physicalId === physicalId) return stack;
  }
  throw validationError(`Stack for ${physicalId} does not exist`);
}
