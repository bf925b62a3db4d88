import type { DeleteEventBusRequest } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import { validation } from "../errors.ts";
import type { Events } from "../events.ts";
import { given } from "../names.ts";

/** A bus that is not there is deleted already. */
export function deleteEventBus(events: Events, input: DeleteEventBusRequest, call: Call): void {
  const name = given(input.Name, "name");
  if (name === "default") throw validation("Cannot delete event bus default.");
  const bus = events.buses.find(call.region, name);
  if (bus === undefined) return;
  const rules = events.rules.of(bus);
  if (rules.length > 0) throw validation("Event bus can't be deleted since it has rules.");
  call.effect({ action: "delete", resource: events.buses.ref(bus), key: name });
  events.buses.delete(bus);
}
