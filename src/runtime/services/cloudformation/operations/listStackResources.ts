import type { ListStackResourcesInput, ListStackResourcesOutput } from "@aws-sdk/client-cloudformation";
import { describedResource, stackNamed, type CloudFormation } from "../cloudFormation.ts";
import type { Call } from "../../../kernel/service.ts";

const pageSize = 100;

export function listStackResources(cloudFormation: CloudFormation, input: ListStackResourcesInput, call: Call): ListStackResourcesOutput {
  const stack = stackNamed(cloudFormation, input.StackName, call.region);
  const resources = [...cloudFormation.store.resources(stack.id).values()];
  const start = Number(input.NextToken ?? 0);
  const page = resources.slice(start, start + pageSize);
  return {
    StackResourceSummaries: page.map((resource) => {
      const { StackName: _, StackId: __, ...summary } = describedResource(stack, resource);
      return { ...summary, LastUpdatedTimestamp: new Date(resource.updatedAt) };
    }),
    ...(start + pageSize < resources.length && { NextToken: String(start + pageSize) }),
  };
}
