import { evaluateAssign, evaluateTemplate, fillAssign, placeResult, valueAtPath } from "../../../../model/asl/expressions.ts";
import { statesLimits } from "../../../../model/limits/states.ts";
import type { Json, JsonObject } from "../../../../model/json.ts";
import type { State } from "../../../../model/asl/definition.ts";
import { writeValue, type Value } from "../../../../model/asl/value.ts";
import { Datum } from "./datum.ts";
import { ExecutionFailure } from "./failure.ts";
import { scopeOf, type Left, type Visit } from "./flow.ts";

/** Of UTF-8. */
export const maxDataBytes = statesLimits.dataBytes.value;

type Leaving = Exclude<State, { type: "Fail" }>;

/** JSONPath: Assign, ResultPath, OutputPath, in this order, and out. */
export function leaveByPath(
  visit: Visit,
  state: Leaving,
  given: {
    readonly result: Datum;
    readonly resultPath: string | null;
    readonly next: string | undefined;
    /** A Choice's rule has its own. */
    readonly assign?: JsonObject | undefined;
  },
): Left {
  const assign = "assign" in given ? given.assign : state.assign;
  const assigned = assign === undefined ? undefined : fillAssign(assign, scopeOf(visit, state, given.result.value));
  const hasResult = state.type !== "Choice" && state.type !== "Succeed" && state.type !== "Wait";
  if (hasResult) visit.trial?.seen.set("afterResultSelector", given.result);
  const placed =
    given.resultPath === "$" ? given.result : datumOf(visit, placeResult(given.resultPath, visit.input.value, given.result.value));
  if (hasResult) visit.trial?.seen.set("afterResultPath", placed);
  const output = state.outputPath === "$" ? placed : datumOf(visit, valueAtPath(state.outputPath, scopeOf(visit, state, placed.value)));
  return leave(visit, state, output, assigned, given.next);
}

/** JSONata: Output, or else `otherwise`; Assign; and out. */
export async function leaveByOutput(
  visit: Visit,
  state: Leaving,
  given: {
    readonly otherwise: Datum;
    readonly result?: Value;
    readonly next: string | undefined;
    /** A Choice's rule or a catcher has fields of its own. */
    readonly output?: Json | undefined;
    readonly outputField?: string;
    readonly assign?: JsonObject | undefined;
    readonly assignField?: string;
    readonly errorOutput?: Value;
  },
): Promise<Left> {
  const scope = scopeOf(visit, state, visit.input.value, {
    ...(given.result !== undefined && { result: given.result }),
    ...(given.errorOutput !== undefined && { errorOutput: given.errorOutput }),
  });
  const template = "output" in given ? given.output : state.output;
  const output =
    template === undefined ? given.otherwise : datumOf(visit, await evaluateTemplate(template, given.outputField ?? "Output", scope));
  const assign = "assign" in given ? given.assign : state.assign;
  const assigned = assign === undefined ? undefined : await evaluateAssign(assign, given.assignField ?? "Assign", scope);
  return leave(visit, state, output, assigned, given.next);
}

/** The state's input keeps its text. */
export function datumOf(visit: Visit, value: Value): Datum {
  return value === visit.input.value ? visit.input : Datum.of(value);
}

/** Writes the event of leaving and sets the variables. */
export function leave(
  visit: Visit,
  state: State,
  output: Datum,
  assigned: ReadonlyMap<string, Value> | undefined,
  next: string | undefined,
): Left {
  if (isTooLarge(output.text)) {
    throw new ExecutionFailure(
      "States.DataLimitExceeded",
      `The state/task '${state.name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    );
  }
  const { run, frame } = visit;
  frame.open = undefined;
  if (assigned !== undefined && assigned.size > 0)
    frame.variables = { ...frame.variables, own: new Map([...frame.variables.own, ...assigned]) };
  const { name } = state;
  const details =
    assigned === undefined || assigned.size === 0
      ? { name, output: output.text }
      : {
          name,
          output: output.text,
          assignedVariables: Object.fromEntries([...assigned].map(([variable, value]) => [variable, writeValue(value)])),
        };
  run.emit(frame, exitEvents[state.type], details, { next });
  return { output, next };
}

export function isTooLarge(text: string): boolean {
  return text.length * 3 > maxDataBytes && Buffer.byteLength(text) > maxDataBytes;
}

const exitEvents = {
  Pass: "PassStateExited",
  Task: "TaskStateExited",
  Choice: "ChoiceStateExited",
  Wait: "WaitStateExited",
  Succeed: "SucceedStateExited",
  Fail: "ExecutionFailed",
  Parallel: "ParallelStateExited",
  Map: "MapStateExited",
} as const;
