import type { DeleteConnectionRequest, DeleteConnectionResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import type { Events } from "../events.ts";
import { describeConnection } from "../http/describe.ts";
import { given } from "../names.ts";

export function deleteConnection(events: Events, input: DeleteConnectionRequest, call: Call): DeleteConnectionResponse {
  const connection = events.connections.get(call.region, given(input.Name, "name"));
  events.connections.delete(connection);
  events.tokens.forget(connection.arn);
  return { ...describeConnection(connection), ConnectionState: "DELETING" };
}
