import type { DeauthorizeConnectionRequest, DeauthorizeConnectionResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import type { Events } from "../events.ts";
import { describeConnection } from "../http/describe.ts";
import { given } from "../names.ts";

export function deauthorizeConnection(events: Events, input: DeauthorizeConnectionRequest, call: Call): DeauthorizeConnectionResponse {
  const before = events.connections.get(call.region, given(input.Name, "name"));
  const connection = { ...before, state: "DEAUTHORIZED" as const, modifiedAt: call.now() };
  events.connections.save(connection);
  events.tokens.forget(connection.arn);
  return { ...describeConnection(connection), ConnectionState: "DEAUTHORIZING" };
}
