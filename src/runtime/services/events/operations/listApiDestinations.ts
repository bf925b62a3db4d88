import type { ListApiDestinationsRequest, ListApiDestinationsResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import type { Events } from "../events.ts";
import { describeDestination } from "../http/describe.ts";
import { cut } from "../paging.ts";

export function listApiDestinations(events: Events, input: ListApiDestinationsRequest, call: Call): ListApiDestinationsResponse {
  const found = events.destinations
    .all(call.region)
    .filter(
      ({ name, connectionArn }) => name.startsWith(input.NamePrefix ?? "") && (input.ConnectionArn ?? connectionArn) === connectionArn,
    );
  const { page, ...token } = cut(found, input);
  return {
    ApiDestinations: page.map((destination) => describeDestination(destination, events.connections.findByArn(destination.connectionArn))),
    ...token,
  };
}
