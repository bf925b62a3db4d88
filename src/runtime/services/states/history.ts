// The log of an execution: every event as it was, from which the history is told and the execution goes on after a restart.
import type { HistoryEvent, HistoryEventType } from "@aws-sdk/client-sfn";
import type { Json } from "../../../model/json.ts";

export interface LoggedEvent {
  readonly id: number;
  readonly previous: number;
  /** Virtual milliseconds since 1970. */
  readonly at: number;
  readonly type: HistoryEventType;
  /** Whose step it is: empty for the execution itself, `4.0` for the first branch or item begun with event 4, `4.0/9.2` within. */
  readonly frame: string;
  readonly details?: EventDetails | undefined;
  /** Of a StateExited: the state that comes next; absent: the flow is at its end. Not told to anyone. */
  readonly next?: string | undefined;
  /** Of the first event of an attempt after the first: how often each retrier had its turn. Not told to anyone. */
  readonly retries?: readonly number[] | undefined;
  /** Span of the state's hop where it was entered, of the Task's call where that has ended. Not told to clients. */
  readonly hop?: string | undefined;
}

/** Members of the event's details, as the API names them. */
export type EventDetails = { readonly [member: string]: Json | undefined };

/** An event as GetExecutionHistory answers it; `hasData` false leaves out inputs and outputs. */
export function describeEvent(event: LoggedEvent, hasData: boolean): HistoryEvent {
  const described: Record<string, unknown> = {
    timestamp: new Date(event.at),
    type: event.type,
    id: event.id,
    previousEventId: event.previous,
  };
  if (event.details !== undefined) described[detailsMember(event.type)] = describeDetails(event.details, hasData);
  return described as unknown as HistoryEvent;
}

const dataMembers: Readonly<Record<string, string>> = {
  input: "inputDetails",
  output: "outputDetails",
  assignedVariables: "assignedVariablesDetails",
};
const detailTruncated = { truncated: false };

export function describeDetails(details: EventDetails, hasData: boolean): Record<string, unknown> {
  const described: Record<string, unknown> = {};
  for (const [member, value] of Object.entries(details)) {
    if (value === undefined) continue;
    const about = dataMembers[member];
    if (about === undefined) described[member] = value;
    else if (hasData) {
      described[member] = value;
      described[about] = detailTruncated;
    }
  }
  return described;
}

function detailsMember(type: string): string {
  if (type.endsWith("StateEntered")) return "stateEnteredEventDetails";
  if (type.endsWith("StateExited")) return "stateExitedEventDetails";
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}
