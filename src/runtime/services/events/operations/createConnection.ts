import type { CreateConnectionRequest, CreateConnectionResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import { alreadyExists } from "../errors.ts";
import type { Events } from "../events.ts";
import { readAuthorization } from "../http/connections.ts";
import { stateOf } from "../http/describe.ts";
import { checkName } from "../names.ts";

export function createConnection(events: Events, input: CreateConnectionRequest, call: Call): CreateConnectionResponse {
  const name = checkName(input.Name, "connectionName");
  if (events.connections.find(call.region, name) !== undefined) throw alreadyExists(`Connection ${name} already exists.`);
  const now = call.now();
  const connection = {
    region: call.region,
    name,
    ...events.connections.arns(call.region, name),
    ...(input.Description !== undefined && { description: input.Description }),
    authorization: readAuthorization(input.AuthorizationType, input.AuthParameters),
    parameters: input.AuthParameters?.InvocationHttpParameters ?? {},
    state: "AUTHORIZED" as const,
    createdAt: now,
    modifiedAt: now,
    authorizedAt: now,
  };
  events.connections.save(connection);
  return { ...stateOf(connection), CreationTime: new Date(now), LastModifiedTime: new Date(now) };
}
