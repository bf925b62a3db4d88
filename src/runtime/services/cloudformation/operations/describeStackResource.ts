import type { DescribeStackResourceInput, DescribeStackResourceOutput } from "@aws-sdk/client-cloudformation";
import { describedResource, resourceOf, stackNamed, type CloudFormation } from "../cloudFormation.ts";
import type { Call } from "../../../kernel/service.ts";

export function describeStackResource(
  cloudFormation: CloudFormation,
  input: DescribeStackResourceInput,
  call: Call,
): DescribeStackResourceOutput {
  const stack = stackNamed(cloudFormation, input.StackName, call.region);
  const resource = resourceOf(cloudFormation, stack, input.LogicalResourceId);
  return {
    StackResourceDetail: {
      ...describedResource(stack, resource),
      LastUpdatedTimestamp: new Date(resource.updatedAt),
      Metadata: JSON.stringify(resource.metadata),
    },
  };
}
