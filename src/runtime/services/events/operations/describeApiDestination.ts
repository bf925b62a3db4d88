import type { DescribeApiDestinationRequest, DescribeApiDestinationResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import type { Events } from "../events.ts";
import { describeDestination } from "../http/describe.ts";
import { given } from "../names.ts";

export function describeApiDestination(events: Events, input: DescribeApiDestinationRequest, call: Call): DescribeApiDestinationResponse {
  const destination = events.destinations.get(call.region, given(input.Name, "name"));
  const connection = events.connections.findByArn(destination.connectionArn);
  return {
    ...describeDestination(destination, connection),
    ...(destination.description !== undefined && { Description: destination.description }),
  };
}
