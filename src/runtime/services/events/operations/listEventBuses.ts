import type { ListEventBusesRequest, ListEventBusesResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import { describeBus } from "../describe.ts";
import type { Events } from "../events.ts";
import { cut } from "../paging.ts";

export function listEventBuses(events: Events, input: ListEventBusesRequest, call: Call): ListEventBusesResponse {
  const named = events.buses.all(call.region).filter(({ name }) => name.startsWith(input.NamePrefix ?? ""));
  const { page, ...token } = cut(named, input);
  return { EventBuses: page.map(describeBus), ...token };
}
