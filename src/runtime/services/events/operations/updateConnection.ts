import type { UpdateConnectionRequest, UpdateConnectionResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import type { Events } from "../events.ts";
import { readAuthorization } from "../http/connections.ts";
import { describeConnection } from "../http/describe.ts";
import { checkName } from "../names.ts";

export function updateConnection(events: Events, input: UpdateConnectionRequest, call: Call): UpdateConnectionResponse {
  const before = events.connections.get(call.region, checkName(input.Name, "connectionName"));
  const now = call.now();
  const connection = {
    ...before,
    ...(input.Description !== undefined && { description: input.Description }),
    authorization: readAuthorization(
      input.AuthorizationType,
      input.AuthParameters as Parameters<typeof readAuthorization>[1],
      before.authorization,
    ),
    parameters: input.AuthParameters?.InvocationHttpParameters ?? before.parameters,
    state: "AUTHORIZED" as const,
    modifiedAt: now,
    authorizedAt: now,
  };
  events.connections.save(connection);
  events.tokens.forget(connection.arn);
  return describeConnection(connection);
}
