import type { CreateApiDestinationRequest, CreateApiDestinationResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import { alreadyExists, constraint, notFound } from "../errors.ts";
import type { Events } from "../events.ts";
import { checkEndpoint, checkMethod } from "../http/apiDestinations.ts";
import { describeDestination } from "../http/describe.ts";
import { checkName } from "../names.ts";

const defaultRate = 300;

export function createApiDestination(events: Events, input: CreateApiDestinationRequest, call: Call): CreateApiDestinationResponse {
  const name = checkName(input.Name, "apiDestinationName");
  const method = checkMethod(input.HttpMethod);
  const endpoint = checkEndpoint(input.InvocationEndpoint);
  if (input.ConnectionArn === undefined) throw constraint(input.ConnectionArn, "connectionArn", "Member must not be null");
  if (events.connections.findByArn(input.ConnectionArn) === undefined)
    throw notFound(`Connection '${input.ConnectionArn.split("/")[1] ?? input.ConnectionArn}' does not exist.`);
  if (events.destinations.find(call.region, name) !== undefined) throw alreadyExists(`An api-destination '${name}' already exists.`);
  const destination = {
    region: call.region,
    name,
    arn: events.destinations.arn(call.region, name),
    ...(input.Description !== undefined && { description: input.Description }),
    connectionArn: input.ConnectionArn,
    endpoint,
    method,
    ratePerSecond: input.InvocationRateLimitPerSecond ?? defaultRate,
    createdAt: call.now(),
    modifiedAt: call.now(),
  };
  events.destinations.save(destination);
  const { ApiDestinationArn, ApiDestinationState, CreationTime, LastModifiedTime } = describeDestination(destination);
  return { ApiDestinationArn, ApiDestinationState, CreationTime, LastModifiedTime };
}
