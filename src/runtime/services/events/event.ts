import type { Json, JsonObject } from "../../../model/json.ts";

/** An event as rules match it and targets get it. */
export interface BusEvent {
  readonly id: string;
  readonly source: string;
  readonly "detail-type": string;
  /** ISO 8601, without parts of seconds. */
  readonly time: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
  /** What else stands in it: version, account, region, replay-name. */
  readonly [name: string]: Json | readonly string[];
}

export function eventTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** The members in AWS's order. */
export function makeEvent(
  given: Pick<BusEvent, "id" | "source" | "detail-type" | "time" | "resources" | "detail"> & { account: string; region: string },
): BusEvent {
  const { id, source, account, time, region, resources, detail } = given;
  return { version: "0", id, "detail-type": given["detail-type"], source, account, time, region, resources, detail };
}

/** The same as plain JSON, as patterns and paths see it. */
export function jsonOf(event: BusEvent): JsonObject {
  return { ...event, resources: [...event.resources] };
}
