import type { CreateApiDestinationRequest, CreateApiDestinationResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import { alreadyExists, notFound } from "../errors.ts";
import type { Events } from "../events.ts";
import { checkEndpoint } from "../http/apiDestinations.ts";
import { describeDestination } from "../http/describe.ts";
import { given } from "../names.ts";

const defaultRate = 300;

export function createApiDestination(events: Events, input: CreateApiDestinationRequest, call: Call): CreateApiDestinationResponse {
  const name = given(input.Name, "name");
  const method = given(input.HttpMethod, "httpMethod");
  const endpoint = checkEndpoint(input.InvocationEndpoint);
  const connectionArn = given(input.ConnectionArn, "connectionArn");
  if (events.connections.findByArn(connectionArn) === undefined)
    throw notFound(`Connection '${connectionArn.split("/")[1] ?? connectionArn}' does not exist.`);
  if (events.destinations.find(call.region, name) !== undefined) throw alreadyExists(`An api-destination '${name}' already exists.`);
  const destination = {
    region: call.region,
    name,
    arn: events.destinations.arn(call.region, name),
    ...(input.Description !== undefined && { description: input.Description }),
    connectionArn,
    endpoint,
    method,
    ratePerSecond: input.InvocationRateLimitPerSecond ?? defaultRate,
    createdAt: call.now(),
    modifiedAt: call.now(),
  };
  events.destinations.save(destination);
  const { ApiDestinationArn, ApiDestinationState, CreationTime, LastModifiedTime } = describeDestination(
    destination,
    events.connections.findByArn(destination.connectionArn),
  );
  return { ApiDestinationArn, ApiDestinationState, CreationTime, LastModifiedTime };
}
