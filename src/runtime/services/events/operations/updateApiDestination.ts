import type { UpdateApiDestinationRequest, UpdateApiDestinationResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import type { Events } from "../events.ts";
import { checkEndpoint } from "../http/apiDestinations.ts";
import { describeDestination } from "../http/describe.ts";
import { given } from "../names.ts";

export function updateApiDestination(events: Events, input: UpdateApiDestinationRequest, call: Call): UpdateApiDestinationResponse {
  const before = events.destinations.get(call.region, given(input.Name, "name"));
  const destination = {
    ...before,
    ...(input.Description !== undefined && { description: input.Description }),
    connectionArn: input.ConnectionArn ?? before.connectionArn,
    endpoint: checkEndpoint(input.InvocationEndpoint ?? before.endpoint),
    method: input.HttpMethod ?? before.method,
    ratePerSecond: input.InvocationRateLimitPerSecond ?? before.ratePerSecond,
    modifiedAt: call.now(),
  };
  events.destinations.save(destination);
  const { ApiDestinationArn, ApiDestinationState, CreationTime, LastModifiedTime } = describeDestination(
    destination,
    events.connections.findByArn(destination.connectionArn),
  );
  return { ApiDestinationArn, ApiDestinationState, CreationTime, LastModifiedTime };
}
