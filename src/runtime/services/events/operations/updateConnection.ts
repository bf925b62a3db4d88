import type { UpdateConnectionRequest, UpdateConnectionResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import type { Events } from "../events.ts";
import { authorizeSoon, stateAtFirst } from "../http/authorizing.ts";
import { readAuthorization } from "../http/connections.ts";
import { describeConnection } from "../http/describe.ts";
import { given } from "../names.ts";

export function updateConnection(events: Events, input: UpdateConnectionRequest, call: Call): UpdateConnectionResponse {
  const before = events.connections.get(call.region, given(input.Name, "name"));
  const now = call.now();
  const { stateReason: _before, ...kept } = before;
  const authorization = readAuthorization(
    input.AuthorizationType,
    input.AuthParameters as Parameters<typeof readAuthorization>[1],
    before.authorization,
  );
  const parameters = input.AuthParameters?.InvocationHttpParameters ?? before.parameters;
  const connection = {
    ...kept,
    ...(input.Description !== undefined && { description: input.Description }),
    authorization,
    ...(parameters !== undefined && { parameters }),
    state: stateAtFirst(authorization),
    modifiedAt: now,
    authorizedAt: now,
  };
  events.connections.save(connection);
  events.tokens.forget(connection.arn);
  if (connection.state === "AUTHORIZING") authorizeSoon(events, connection, call);
  return describeConnection(connection);
}
