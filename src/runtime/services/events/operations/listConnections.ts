import type { ListConnectionsRequest, ListConnectionsResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import type { Events } from "../events.ts";
import { describeConnection } from "../http/describe.ts";
import { cut } from "../paging.ts";

export function listConnections(events: Events, input: ListConnectionsRequest, call: Call): ListConnectionsResponse {
  const found = events.connections
    .all(call.region)
    .filter(({ name, state }) => name.startsWith(input.NamePrefix ?? "") && (input.ConnectionState ?? state) === state);
  const { page, ...token } = cut(found, input);
  const shown = page.map((each) => ({ ...describeConnection(each), Name: each.name, AuthorizationType: each.authorization.type }));
  return { Connections: shown, ...token };
}
