// An execution's events as the Studio lists them: without inputs and outputs, which the moment of one event has.
import { readValue } from "../../../model/asl/value.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";

export interface ExecutionEvent {
  readonly id: number;
  readonly previous: number;
  /** Virtual milliseconds. */
  readonly at: number;
  readonly type: string;
  /** Whose step it is: empty for the execution itself, `4.0` for the first branch or item begun with event 4. */
  readonly frame: string;
  readonly state: string | null;
  /** The state that comes next, where one was left for another. */
  readonly next: string | null;
  /** Span of the state, or of the call that its Task made. */
  readonly hop: string | null;
  readonly error: string | null;
  readonly resource: string | null;
  readonly index: number | null;
  /** How many items a Map has. */
  readonly length: number | null;
  readonly mapRunArn: string | null;
}

/** What an execution waits for, or does at this moment. */
export type Waiting =
  | { readonly type: "wait" | "retry"; readonly enteredId: number; readonly until: number }
  | { readonly type: "call"; readonly enteredId: number; readonly hop: string }
  | OpenTask;

export interface OpenTask {
  readonly type: "task";
  readonly enteredId: number;
  readonly token: string;
  readonly state: string;
  readonly resource: string;
  readonly input: string;
  readonly since: number;
  readonly timeoutAt: number | null;
  readonly heartbeatAt: number | null;
  /** False: an activity that no worker has asked for. */
  readonly isTaken: boolean;
}

export interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly type: "STANDARD" | "EXPRESS";
  readonly status: string;
  readonly startedAt: number;
  readonly stoppedAt: number | null;
  readonly input: string;
  readonly output: string | null;
  readonly error: string | null;
  readonly cause: string | null;
  readonly redriveCount: number;
  readonly isRedrivable: boolean;
  readonly redriveReason: string | null;
  readonly traceId: string | null;
  readonly mapRunArn: string | null;
}

export function executionOf(detail: Json): Execution {
  const told = isJsonObject(detail) ? detail : {};
  const text = textsOf(told);
  const number = numbersOf(told);
  return {
    arn: text("executionArn") ?? "",
    name: text("name") ?? "",
    type: told["type"] === "EXPRESS" ? "EXPRESS" : "STANDARD",
    status: text("status") ?? "",
    startedAt: number("startedAt") ?? 0,
    stoppedAt: number("stoppedAt"),
    input: text("input") ?? "{}",
    output: text("output"),
    error: text("error"),
    cause: text("cause"),
    redriveCount: number("redriveCount") ?? 0,
    isRedrivable: told["redriveStatus"] === "REDRIVABLE",
    redriveReason: text("redriveStatusReason"),
    traceId: text("traceId"),
    mapRunArn: text("mapRunArn"),
  };
}

export function eventOf(detail: Json): ExecutionEvent {
  const told = isJsonObject(detail) ? detail : {};
  const text = textsOf(told);
  const number = numbersOf(told);
  return {
    id: number("id") ?? 0,
    previous: number("previous") ?? 0,
    at: number("at") ?? 0,
    type: text("type") ?? "",
    frame: text("frame") ?? "",
    state: text("state"),
    next: text("next"),
    hop: text("hop"),
    error: text("error"),
    resource: text("resource"),
    index: number("index"),
    length: number("length"),
    mapRunArn: text("mapRunArn"),
  };
}

export function waitingOf(detail: Json): Waiting[] {
  const told = isJsonObject(detail) ? detail : {};
  const text = textsOf(told);
  const number = numbersOf(told);
  const enteredId = number("enteredId") ?? 0;
  switch (told["type"]) {
    case "wait":
    case "retry":
      return [{ type: told["type"], enteredId, until: number("until") ?? 0 }];
    case "call":
      return [{ type: "call", enteredId, hop: text("hop") ?? "" }];
    case "task":
      return [
        {
          type: "task",
          enteredId,
          token: text("token") ?? "",
          state: text("state") ?? "",
          resource: text("resource") ?? "",
          input: text("input") ?? "null",
          since: number("since") ?? 0,
          timeoutAt: number("timeoutAt"),
          heartbeatAt: number("heartbeatAt"),
          isTaken: told["isTaken"] !== false,
        },
      ];
    default:
      return [];
  }
}

/** Texts of the log are JSON, with numbers as they are written; what is not JSON is shown as it is. */
export function jsonOf(text: string | null): Json {
  if (text === null) return null;
  try {
    return readValue(text) as Json;
  } catch {
    return text;
  }
}

function textsOf(told: JsonObject): (member: string) => string | null {
  return (member) => {
    const value = told[member];
    return typeof value === "string" ? value : null;
  };
}

function numbersOf(told: JsonObject): (member: string) => number | null {
  return (member) => {
    const value = told[member];
    return typeof value === "number" ? value : null;
  };
}
