import { readValue, type Value } from "../../../../model/asl/value.ts";
import { StateFailure, failureCause, hasEvaluationFailedEvent } from "../../../../model/asl/failure.ts";
import type { Scope } from "../../../../model/asl/scope.ts";
import type { Sources } from "../../../../model/asl/sources.ts";
import type { Variables } from "../../../../model/asl/variables.ts";
import type { Flow, State } from "../../../../model/asl/definition.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import { MessageDropped } from "../../../kernel/messageDropped.ts";
import type { Call } from "../../../kernel/service.ts";
import type { LoggedEvent } from "../history.ts";
import { Datum } from "./datum.ts";
import type { ExecutionRun } from "./executionRun.ts";
import { ExecutionFailure } from "./failure.ts";
import { type Frame, type Position, positionOf } from "./frame.ts";
import { runState } from "./state.ts";
import type { Trial } from "./trial.ts";

/** One stay in a state: what all that happens there works with. */
export interface Visit {
  readonly run: ExecutionRun;
  readonly frame: Frame;
  readonly input: Datum;
  readonly enteredId: number;
  readonly enteredAt: number;
  /** What the event of entering followed. */
  readonly enteredPrevious: number;
  readonly call: Call;
  /** Events of this visit from before a restart, which are not to be done again. */
  readonly past: readonly LoggedEvent[];
  /** Of a Task, Parallel or Map. */
  retryCount: number;
  /** To be noted with the next attempt's first event. */
  retries?: readonly number[] | undefined;
  /** It is only tried, by TestState: nothing waits, and what the fields give is noted. */
  readonly trial?: Trial;
}

/** How a state was left. */
export interface Left {
  readonly output: Datum;
  /** Absent: the flow is at its end. */
  readonly next: string | undefined;
}

/** Runs states one after the other until the flow's end; throws ExecutionFailure. */
export async function runFlow(run: ExecutionRun, flow: Flow, frame: Frame, input: Datum, call: Call): Promise<Datum> {
  const position = resume(run, frame);
  if (position?.state === undefined && position?.output !== undefined) return Datum.read(position.output);
  let name: string | undefined = position?.state ?? flow.startAt;
  let datum = position?.output === undefined ? input : Datum.read(position.output);
  let visit = position?.visit;
  while (name !== undefined) {
    const state = flow.states.get(name);
    if (state === undefined)
      throw new ExecutionFailure("States.Runtime", `The state '${name}' is not in the definition.`, { isFatal: true });
    const breath = run.states.breathe();
    if (breath !== undefined) await breath;
    const left: Left = await step(run, state, frame, datum, call, visit);
    visit = undefined;
    datum = left.output;
    name = left.next;
  }
  return datum;
}

function resume(run: ExecutionRun, frame: Frame): Position | undefined {
  const log = run.takeLog(frame.path);
  if (log === undefined) return undefined;
  const position = positionOf(log);
  if (position.state === undefined && position.output === undefined) return undefined;
  frame.previous = position.previous;
  const own = new Map(Object.entries(position.assigned).map(([name, text]) => [name, readValue(text)]));
  frame.variables = { ...frame.variables, own };
  return position;
}

/** One state as a hop of its own: held by the debugger before it is entered, its Task's call a child of it. */
async function step(run: ExecutionRun, state: State, frame: Frame, input: Datum, caller: Call, past: Position["visit"]): Promise<Left> {
  let failure: unknown;
  let left: Left | undefined;
  try {
    await caller.work<Value>({
      kind: "transition",
      service: "states",
      operation: state.name,
      target: null,
      input: input.value,
      async run(given: Value, call) {
        try {
          left = await visit(run, state, frame, given === input.value ? input : Datum.of(given), call, past);
          return left.output.value;
        } catch (error) {
          failure = error;
          if (error instanceof ExecutionFailure)
            call.fail({ code: error.error ?? "States.Failed", message: error.reason ?? "", fault: "function" });
          return null;
        }
      },
    });
  } catch (error) {
    // Not the state's own: the debugger or a fault rule decided that this hop fails.
    if (error instanceof MessageDropped) throw new ExecutionFailure("States.Runtime", error.message, { isFatal: true });
    if (error instanceof AwsError) throw new ExecutionFailure(error.code, error.message, { isFatal: true });
    throw error;
  }
  if (left === undefined) throw failure;
  return left;
}

/** An execution's input is entered with as it was written; a distributed Map that has a label is recorded as entered with its value. */
function inputOf(state: State, given: Datum): Datum {
  return state.type === "Map" && state.label !== undefined ? Datum.of(given.value) : given;
}

function visit(run: ExecutionRun, state: State, frame: Frame, given: Datum, call: Call, past: Position["visit"]): Promise<Left> | Left {
  const entered = past?.entered;
  const input = entered === undefined ? inputOf(state, given) : Datum.read(String(entered.details?.["input"]));
  const enteredPrevious = entered?.previous ?? frame.previous;
  const enteredId =
    entered?.id ?? run.emit(frame, `${state.type}StateEntered`, { name: state.name, input: input.text }, { hop: call.span.spanId });
  frame.open = state.type;
  const visit: Visit = {
    run,
    frame,
    input,
    enteredId,
    enteredAt: entered?.at ?? run.sources.now(),
    enteredPrevious,
    call,
    past: past?.events ?? [],
    retryCount: 0,
  };
  const failed = (error: unknown): never => {
    throw failureOf(visit, state, error);
  };
  // Most states are done at once: no turn is taken for them.
  try {
    const left = runState(visit, state);
    return left instanceof Promise ? left.catch(failed) : left;
  } catch (error) {
    return failed(error);
  }
}

/** What an error of evaluation is to the execution; writes the event that JSONata's have. */
export function failureOf(visit: Visit, state: State, error: unknown): unknown {
  if (!(error instanceof StateFailure)) return error;
  const cause = failureCause(error, state.name, visit.enteredId);
  if (hasEvaluationFailedEvent(error, state.queryLanguage)) {
    visit.run.emit(
      visit.frame,
      "EvaluationFailed",
      { state: state.name, error: error.error, cause, location: error.location },
      { previous: visit.enteredPrevious },
    );
  }
  return new ExecutionFailure(error.error, cause, { isFatal: error.error === "States.Runtime" });
}

/** What the fields of a state can see. */
export function scopeOf(
  visit: Visit,
  state: State,
  input: Value,
  more: { result?: Value; errorOutput?: Value; token?: string } = {},
): Scope {
  return new VisitScope(visit, state, input, more);
}

/** The context object is made only for those who look at it. */
class VisitScope implements Scope {
  readonly input: Value;
  readonly variables: Variables;
  readonly sources: Sources;
  declare readonly result?: Value;
  declare readonly errorOutput?: Value;
  readonly #visit: Visit;
  readonly #state: State;
  readonly #token: string | undefined;
  #context: Value | undefined;

  constructor(visit: Visit, state: State, input: Value, more: { result?: Value; errorOutput?: Value; token?: string }) {
    this.input = input;
    this.variables = visit.frame.variables;
    this.sources = visit.run.sources;
    if (more.result !== undefined) this.result = more.result;
    if (more.errorOutput !== undefined) this.errorOutput = more.errorOutput;
    this.#visit = visit;
    this.#state = state;
    this.#token = more.token;
  }

  get context(): Value {
    return (this.#context ??= contextOf(this.#visit, this.#state, this.#token));
  }
}

function contextOf(visit: Visit, state: State, token: string | undefined): Value {
  if (visit.trial?.context !== undefined) return visit.trial.context;
  const isRetried = state.type === "Task" || state.type === "Parallel" || state.type === "Map";
  return {
    ...visit.run.context,
    State: {
      Name: state.name,
      EnteredTime: new Date(visit.enteredAt).toISOString(),
      ...(isRetried && { RetryCount: visit.retryCount }),
    },
    ...(visit.frame.mapContext !== undefined && { Map: visit.frame.mapContext }),
    ...(token !== undefined && { Task: { Token: token } }),
  };
}
