// Windows that follow each other without a gap, in each of which the function hands a state from one batch to the next:
// https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html
import { isJsonObject } from "../../../../model/json.ts";
import type { Json, JsonObject } from "../../../../model/json.ts";
import type { StreamRecord } from "./streamSource.ts";

/** The window under way in one shard. Times are virtual milliseconds. */
export interface OpenWindow {
  readonly startsAt: number;
  readonly endsAt: number;
  readonly state: JsonObject;
}

/** The records at the beginning of a batch that lie in one window, and that window, new if need be. */
export function firstWindow(
  records: readonly StreamRecord[],
  seconds: number,
  open: OpenWindow | undefined,
): { readonly window: OpenWindow; readonly records: readonly StreamRecord[]; readonly rest: readonly StreamRecord[] } {
  const length = seconds * 1000;
  const startsAt = Math.floor((records[0]?.writtenAt ?? 0) / length) * length;
  const window = open !== undefined && startsAt < open.endsAt ? open : { startsAt, endsAt: startsAt + length, state: {} };
  const after = records.findIndex((record) => record.writtenAt >= window.endsAt);
  const split = after < 0 ? records.length : after;
  return { window, records: records.slice(0, split), rest: records.slice(split) };
}

/** What the event of a batch in a window has besides its records. */
export function windowMembers(window: OpenWindow, shard: string, eventSourceArn: string, isFinal: boolean): JsonObject {
  return {
    window: { start: timeOf(window.startsAt), end: timeOf(window.endsAt) },
    state: window.state,
    shardId: shard,
    eventSourceARN: eventSourceArn,
    isFinalInvokeForWindow: isFinal,
    isWindowTerminatedEarly: false,
  };
}

/** The window after the function's answer, which may carry a new state. */
export function windowAfter(window: OpenWindow, answer: Json): OpenWindow {
  const state = isJsonObject(answer) ? answer["state"] : undefined;
  return isJsonObject(state) ? { ...window, state } : window;
}

/** As AWS writes it: `2026-11-21T10:00:00Z`. */
function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}
