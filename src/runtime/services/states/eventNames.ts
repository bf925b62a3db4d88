import type { LoggedEvent } from "./history.ts";

/** The state that an event names; null where it names none. */
export function frameName(event: LoggedEvent): string | null {
  const name = event.details?.["name"] ?? event.details?.["state"];
  return typeof name === "string" ? name : null;
}
