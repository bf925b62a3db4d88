import { evaluateTemplate, fillTemplate } from "../../../../model/asl/expressions.ts";
import type { ParallelState } from "../../../../model/asl/definition.ts";
import type { LoggedEvent } from "../history.ts";
import { leaveWithResult, withAttempts } from "./attempts.ts";
import { Datum } from "./datum.ts";
import { type Left, runFlow, scopeOf, type Visit } from "./flow.ts";
import type { Frame } from "./frame.ts";
import { group } from "./group.ts";
import { inputOf } from "./state.ts";
import { mockedResult } from "../mock.ts";

export function runParallel(visit: Visit, state: ParallelState): Promise<Left> {
  const { run, frame } = visit;
  return withAttempts(
    visit,
    state,
    (past) => attempt(visit, state, past),
    () => {
      if (!visit.past.some(({ type }) => type === "ParallelStateFailed")) run.emit(frame, "ParallelStateFailed");
    },
  );
}

async function attempt(visit: Visit, state: ParallelState, past: readonly LoggedEvent[]): Promise<Left> {
  const { run, frame } = visit;
  const isData = state.queryLanguage === "JSONata";
  const given = isData ? visit.input.value : inputOf(visit, state);
  const scope = scopeOf(visit, state, given);
  const template = isData ? state.arguments : state.parameters;
  const input =
    template === undefined ? given : isData ? await evaluateTemplate(template, "Arguments", scope) : fillTemplate(template, scope);
  const mocked = mockedResult(visit);
  if (mocked !== undefined) return leaveWithResult(visit, state, mocked);
  const { retries } = visit;
  visit.retries = undefined;
  const started =
    past.find(({ type }) => type === "ParallelStateStarted")?.id ??
    run.emit(frame, "ParallelStateStarted", undefined, retries && { retries });
  const datum = input === visit.input.value ? visit.input : Datum.of(input);
  const outputs = await group(
    frame,
    (_failing, underWay) => underWay.forEach((inner) => run.emitAborted(inner)),
    async (signal, finished) =>
      Promise.all(
        state.branches.map(async (branch, index) => {
          const inner: Frame = {
            path: `${frame.path}${frame.path === "" ? "" : "/"}${started}.${index}`,
            previous: started,
            variables: { own: new Map(), outer: frame.variables },
            ...(frame.mapContext !== undefined && { mapContext: frame.mapContext }),
            signal,
          };
          return finished(inner, () => runFlow(run, branch, inner, datum, visit.call));
        }),
      ),
  );
  run.emit(frame, "ParallelStateSucceeded");
  return leaveWithResult(visit, state, Datum.join(outputs));
}
