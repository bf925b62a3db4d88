import type { Value } from "../../../../model/asl/value.ts";
import type { Variables } from "../../../../model/asl/variables.ts";
import type { State } from "../../../../model/asl/definition.ts";
import type { LoggedEvent } from "../history.ts";

/** One flow under way: the execution itself, a branch of a Parallel, an item of a Map. */
export interface Frame {
  /** Empty for the execution itself; see LoggedEvent. */
  readonly path: string;
  /** The event that the next one follows. */
  previous: number;
  variables: Variables;
  /** `Map` of the context object, within an item of a Map. */
  readonly mapContext?: Value;
  /** Aborted when the flow around it has failed or the execution ended. */
  readonly signal: AbortSignal;
  /** Of an item of a Map: the event of its success, which the Map's own end follows. */
  joined?: number;
  /** The state that is entered and not left. */
  open?: State["type"] | undefined;
}

/** Events that those after them do not follow: they join or cut off what was concurrent. */
const joins: ReadonlySet<string> = new Set([
  "MapIterationSucceeded",
  "MapIterationFailed",
  "MapStateSucceeded",
  "ParallelStateSucceeded",
  "MapIterationAborted",
  "MapStateAborted",
  "ParallelStateAborted",
  "TaskStateAborted",
  "WaitStateAborted",
]);

export function isFollowed(type: string): boolean {
  return !joins.has(type);
}

/** Where a frame stands, read from its log after a restart. */
export interface Position {
  /** The state that is under way, or that comes next. */
  readonly state: string | undefined;
  /** That state was entered: its events since then. */
  readonly visit?: { readonly entered: LoggedEvent; readonly events: readonly LoggedEvent[] };
  /** Output of the last state that was left. */
  readonly output?: string;
  /** Variables as the states that were left had set them: texts by name. */
  readonly assigned: Readonly<Record<string, string>>;
  readonly previous: number;
}

export function positionOf(log: readonly LoggedEvent[]): Position {
  const assigned: Record<string, string> = {};
  let entered = -1;
  let left: LoggedEvent | undefined;
  let previous = 0;
  log.forEach((event, index) => {
    if (isFollowed(event.type)) previous = event.id;
    if (event.type.endsWith("StateEntered")) {
      entered = index;
      left = undefined;
    } else if (event.type.endsWith("StateExited")) {
      left = event;
      Object.assign(assigned, event.details?.["assignedVariables"]);
    }
  });
  const enteredEvent = log[entered];
  if (left !== undefined) {
    const output = left.details?.["output"];
    return { state: left.next, assigned, previous, ...(typeof output === "string" && { output }) };
  }
  if (enteredEvent === undefined) return { state: undefined, assigned, previous };
  return {
    state: String(enteredEvent.details?.["name"]),
    visit: { entered: enteredEvent, events: log.slice(entered + 1) },
    assigned,
    previous,
  };
}
