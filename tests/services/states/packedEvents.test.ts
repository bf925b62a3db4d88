import { expect, test } from "vitest";
import type { LoggedEvent } from "../../../src/runtime/services/states/history.ts";
import { packEvents, unpackEvents } from "../../../src/runtime/services/states/packedEvents.ts";

const events: readonly LoggedEvent[] = [
  { id: 7, previous: 0, at: 1_800_000_000_000.125, type: "ExecutionStarted", frame: "", details: { input: "{}", roleArn: "none" } },
  {
    id: 8,
    previous: 0,
    at: 1_800_000_000_000.5,
    type: "MapStateEntered",
    frame: "",
    details: { name: "Each", input: "{}" },
    hop: "0123456789abcdef",
  },
  { id: 9, previous: 8, at: 1_800_000_000_001, type: "MapStateStarted", frame: "", details: { length: 2 } },
  { id: 10, previous: 9, at: 1_800_000_000_001, type: "MapIterationStarted", frame: "9.0", details: { name: "Each", index: 0 } },
  { id: 11, previous: 10, at: 1_800_000_000_001, type: "MapStateFailed", frame: "9.0" },
  {
    id: 12,
    previous: 10,
    at: 1_800_000_000_001,
    type: "TaskScheduled",
    frame: "9.0",
    details: { heartbeatInSeconds: 5, taskCredentials: { roleArn: "r" } },
    retries: [0, 1],
  },
  {
    id: 13,
    previous: 12,
    at: 1_800_000_000_002,
    type: "PassStateExited",
    frame: "9.0",
    details: { name: "", output: "0", assignedVariables: { x: "1" } },
    next: "Each",
  },
  { id: 14, previous: 13, at: 1_800_000_000_003, type: "EvaluationFailed", frame: "", details: {} },
];

test("what is read from the log is what was written, each text stored once", () => {
  const text = packEvents(events);
  expect(unpackEvents(text)).toEqual(events);
  expect(text.split('"Each"')).toHaveLength(2);
});

test("members without a value are as if they were not there", () => {
  const [event] = unpackEvents(
    packEvents([{ id: 1, previous: 0, at: 0, type: "ExecutionFailed", frame: "", details: { error: "E", cause: undefined } }]),
  );
  expect(event?.details).toEqual({ error: "E" });
});
