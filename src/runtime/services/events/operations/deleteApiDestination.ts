import type { DeleteApiDestinationRequest } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import type { Events } from "../events.ts";
import { given } from "../names.ts";

export function deleteApiDestination(events: Events, input: DeleteApiDestinationRequest, call: Call): void {
  events.destinations.delete(events.destinations.get(call.region, given(input.Name, "name")));
}
