// Retry and Catch of a Task, Parallel or Map.
import { fillAssign, fillTemplate, placeResult } from "../../../../model/asl/expressions.ts";
import type { Catcher, MapState, ParallelState, TaskState } from "../../../../model/asl/definition.ts";
import { matchesError, retryDelaySeconds } from "../../../../model/asl/retry.ts";
import type { ObjectValue } from "../../../../model/asl/value.ts";
import type { LoggedEvent } from "../history.ts";
import { Datum } from "./datum.ts";
import { ExecutionFailure } from "./failure.ts";
import { failureOf, type Left, scopeOf, type Visit } from "./flow.ts";
import { Retriable } from "./trial.ts";
import { leave, leaveByOutput, leaveByPath } from "./leave.ts";

type WorkState = TaskState | ParallelState | MapState;

/**
 * Attempts until one is through, no retrier takes its failure any more, and then to the catcher. `attempt` is given what it
 * did before a restart. `failed` writes the event of a failed Parallel or Map.
 */
export async function withAttempts(
  visit: Visit,
  state: WorkState,
  attempt: (past: readonly LoggedEvent[]) => Promise<Left>,
  failed?: () => void,
): Promise<Left> {
  const { run } = visit;
  const last = visit.past.findLastIndex(({ retries }) => retries !== undefined);
  const counts = [...(visit.past[last]?.retries ?? state.retry.map(() => 0))];
  visit.retryCount = counts.reduce((sum, count) => sum + count, 0);
  let past = last < 0 ? visit.past : visit.past.slice(last);
  for (;;) {
    try {
      return await attempt(past);
    } catch (thrown) {
      const failure = failureOf(visit, state, thrown);
      if (!(failure instanceof ExecutionFailure) || failure.isFatal) throw failure;
      const index = state.retry.findIndex(({ errorEquals }) => matchesError(errorEquals, failure.error ?? ""));
      const retrier = state.retry[index];
      const done = counts[index] ?? 0;
      if (visit.trial !== undefined && retrier !== undefined && visit.trial.retrierRetryCount < retrier.maxAttempts) {
        const seconds = retryDelaySeconds({ ...retrier, jitterStrategy: "NONE" }, visit.trial.retrierRetryCount, run.sources.random);
        visit.trial.errorDetails = { retryIndex: index, retryBackoffIntervalSeconds: seconds };
        throw new Retriable(failure);
      }
      if (visit.trial === undefined && retrier !== undefined && done < retrier.maxAttempts) {
        const { clock } = run.states.environment.kernel;
        const failedAt = past.at(-1)?.at ?? clock.now();
        counts[index] = done + 1;
        visit.retryCount += 1;
        visit.retries = [...counts];
        await run.commit();
        await run.sleepUntil(visit, state, "retry", failedAt + retryDelaySeconds(retrier, done, run.sources.random) * 1000);
        past = [];
        continue;
      }
      failed?.();
      const caught = state.catch.findIndex(({ errorEquals }) => matchesError(errorEquals, failure.error ?? ""));
      const catcher = state.catch[caught];
      if (catcher === undefined) throw failure;
      if (visit.trial !== undefined) Object.assign(visit.trial, { errorDetails: { catchIndex: caught }, caught: failure });
      return leaveByCatch(visit, state, catcher, caught, failure);
    }
  }
}

async function leaveByCatch(visit: Visit, state: WorkState, catcher: Catcher, index: number, failure: ExecutionFailure): Promise<Left> {
  const errorOutput = errorOutputOf(failure);
  if (state.queryLanguage === "JSONata") {
    return leaveByOutput(visit, state, {
      otherwise: Datum.of(errorOutput),
      errorOutput,
      next: catcher.next,
      output: catcher.output,
      outputField: `Catch[${index}]/Output`,
      assign: catcher.assign,
      assignField: `Catch[${index}]/Assign`,
    });
  }
  const { assign } = catcher;
  const assigned = assign === undefined ? undefined : fillAssign(assign, scopeOf(visit, state, errorOutput));
  const output = placeResult(catcher.resultPath, visit.input.value, errorOutput);
  return leave(visit, state, Datum.of(output), assigned, catcher.next);
}

export function errorOutputOf(failure: ExecutionFailure): ObjectValue {
  return {
    Error: failure.error ?? null,
    // A timeout has no cause, and one that a worker left out is null.
    Cause: failure.reason ?? (failure.error === "States.Timeout" ? "" : null),
  };
}

/** JSONPath: ResultSelector, and out with the result; JSONata: Output. */
export async function leaveWithResult(visit: Visit, state: WorkState, result: Datum): Promise<Left> {
  const { next } = state;
  if (state.type === "Task") visit.trial?.seen.set("result", result);
  if (state.queryLanguage === "JSONata") return leaveByOutput(visit, state, { otherwise: result, result: result.value, next });
  const selected =
    state.resultSelector === undefined ? result : Datum.of(fillTemplate(state.resultSelector, scopeOf(visit, state, result.value)));
  return leaveByPath(visit, state, { result: selected, resultPath: state.resultPath, next });
}
