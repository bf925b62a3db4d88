import type { DescribeStackEventsInput, DescribeStackEventsOutput } from "@aws-sdk/client-cloudformation";
import { validationError, type CloudFormation } from "../cloudFormation.ts";
import type { Call } from "../../../kernel/service.ts";

export function describeStackEvents(
  cloudFormation: CloudFormation,
  input: DescribeStackEventsInput,
  call: Call,
): DescribeStackEventsOutput {
  const stack = input.StackName === undefined ? undefined : cloudFormation.store.find(input.StackName, call.region);
  if (stack === undefined) throw validationError(`Stack [${input.StackName ?? "null"}] does not exist`);
  return {
    StackEvents: cloudFormation.store.events(stack.id).map((event) => ({
      StackId: stack.id,
      StackName: stack.name,
      EventId: event.eventId,
      LogicalResourceId: event.logicalId,
      PhysicalResourceId: event.physicalId,
      ResourceType: event.type,
      Timestamp: new Date(event.at),
      ResourceStatus: event.status as NonNullable<DescribeStackEventsOutput["StackEvents"]>[number]["ResourceStatus"],
      ...(event.reason !== null && { ResourceStatusReason: event.reason }),
    })),
  };
}
