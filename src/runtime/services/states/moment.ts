// An execution as it stood at one of its events: what the state was given and gave, and the variables of that moment.
import type { Json, JsonObject } from "../../../model/json.ts";
import { frameName } from "./eventNames.ts";
import { describeEvent, type LoggedEvent } from "./history.ts";

const begins: ReadonlySet<string> = new Set(["TaskScheduled", "LambdaFunctionScheduled", "ActivityScheduled"]);
const ends = /^(?:Task|LambdaFunction|Activity)(?:Succeeded|Failed|TimedOut|ScheduleFailed|StartFailed|SubmitFailed)$/;

/**
 * Texts are JSON, as they are in the log. `previous`: what the event before it on the same path carried and how the
 * variables stood then. undefined: there is no such event.
 */
export function momentOf(events: readonly LoggedEvent[], id: number): JsonObject | undefined {
  const index = events.findIndex((event) => event.id === id);
  const event = events[index];
  if (event === undefined) return undefined;
  const until = events.slice(0, index + 1);
  const own = until.filter(({ frame }) => frame === event.frame);
  const entered = own.findLastIndex(({ type }) => type.endsWith("StateEntered"));
  const visit = entered < 0 ? [] : own.slice(entered);
  const begun = visit.findLast(({ type }) => begins.has(type));
  const ended = begun && visit.findLast((one) => one.id > begun.id && ends.test(one.type));
  const left = visit.find(({ type }) => type.endsWith("StateExited"));
  const before = own.at(-2) ?? events.slice(0, index).findLast(({ frame }) => event.frame.startsWith(frame));
  const told: Record<string, Json> = {
    event: JSON.parse(JSON.stringify({ ...describeEvent(event, true), timestamp: event.at })) as Json,
    variables: variablesAt(until, event.frame),
  };
  const tell = (member: string, value: Json | undefined): void => {
    if (value !== undefined) told[member] = value;
  };
  tell("state", (visit[0] && frameName(visit[0])) ?? undefined);
  tell("input", visit[0]?.details?.["input"] ?? (event.type === "ExecutionStarted" ? event.details?.["input"] : undefined));
  tell("arguments", begun?.details?.["parameters"] ?? begun?.details?.["input"]);
  tell("result", ended?.details?.["output"]);
  tell("output", left?.details?.["output"] ?? (event.type === "ExecutionSucceeded" ? event.details?.["output"] : undefined));
  const failed = event.details?.["error"] === undefined ? ended : event;
  tell("error", failed?.details?.["error"]);
  tell("cause", failed?.details?.["cause"]);
  if (before !== undefined) {
    const untilBefore = events.filter((one) => one.id <= before.id);
    told["previous"] = {
      id: before.id,
      type: before.type,
      data: dataOf(before) ?? null,
      variables: variablesAt(untilBefore, before.frame),
    };
  }
  tell("data", dataOf(event));
  return told;
}

function dataOf({ details }: LoggedEvent): Json | undefined {
  return details?.["output"] ?? details?.["input"] ?? details?.["parameters"] ?? details?.["cause"];
}

/** Variables that a path sees: those assigned on it, and on the paths around it as far as they are not hidden. */
function variablesAt(events: readonly LoggedEvent[], frame: string): JsonObject {
  const variables: Record<string, Json> = {};
  for (const path of [...pathsAround(frame), frame])
    for (const event of events) {
      const assigned = event.frame === path ? event.details?.["assignedVariables"] : undefined;
      if (assigned !== undefined) Object.assign(variables, assigned);
    }
  return variables;
}

/** `4.0/9.2` → ``, `4.0`. */
function pathsAround(frame: string): string[] {
  if (frame === "") return [];
  const parts = frame.split("/");
  return parts.map((_, index) => parts.slice(0, index).join("/"));
}
