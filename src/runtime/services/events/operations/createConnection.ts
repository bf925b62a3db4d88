import type { CreateConnectionRequest, CreateConnectionResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import { alreadyExists } from "../errors.ts";
import type { Events } from "../events.ts";
import { authorizeSoon, stateAtFirst } from "../http/authorizing.ts";
import { readAuthorization } from "../http/connections.ts";
import { stateOf } from "../http/describe.ts";
import { given } from "../names.ts";

export function createConnection(events: Events, input: CreateConnectionRequest, call: Call): CreateConnectionResponse {
  const name = given(input.Name, "name");
  if (events.connections.find(call.region, name) !== undefined) throw alreadyExists(`Connection ${name} already exists.`);
  const now = call.now();
  const authorization = readAuthorization(input.AuthorizationType, input.AuthParameters);
  const connection = {
    region: call.region,
    name,
    ...events.connections.arns(call.region, name),
    ...(input.Description !== undefined && { description: input.Description }),
    authorization,
    ...(input.AuthParameters?.InvocationHttpParameters !== undefined && { parameters: input.AuthParameters.InvocationHttpParameters }),
    state: stateAtFirst(authorization),
    createdAt: now,
    modifiedAt: now,
    authorizedAt: now,
  };
  events.connections.save(connection);
  if (connection.state === "AUTHORIZING") authorizeSoon(events, connection, call);
  return { ...stateOf(connection), CreationTime: new Date(now), LastModifiedTime: new Date(now) };
}
