import {
  evaluateCondition,
  evaluateFailText,
  evaluateWait,
  fillTemplate,
  testCondition,
  valueAtPath,
} from "../../../../model/asl/expressions.ts";
import type { ChoiceState, FailState, PassState, State, SucceedState, WaitState } from "../../../../model/asl/definition.ts";
import { StateFailure } from "../../../../model/asl/failure.ts";
import type { Value } from "../../../../model/asl/value.ts";
import { Datum } from "./datum.ts";
import { ExecutionFailure } from "./failure.ts";
import { type Left, scopeOf, type Visit } from "./flow.ts";
import { datumOf, leaveByOutput, leaveByPath } from "./leave.ts";
import { runMap } from "./map.ts";
import { runParallel } from "./parallel.ts";
import { runTask } from "./task.ts";

export function runState(visit: Visit, state: State): Promise<Left> | Left {
  switch (state.type) {
    case "Pass":
      return runPass(visit, state);
    case "Choice":
      return runChoice(visit, state);
    case "Wait":
      return runWait(visit, state);
    case "Succeed":
      return runSucceed(visit, state);
    case "Fail":
      return runFail(visit, state);
    case "Task":
      return runTask(visit, state);
    case "Parallel":
      return runParallel(visit, state);
    case "Map":
      return runMap(visit, state);
  }
}

/** JSONPath's InputPath. */
export function inputOf(visit: Visit, state: Exclude<State, FailState>): Value {
  const input = state.inputPath === "$" ? visit.input.value : valueAtPath(state.inputPath, scopeOf(visit, state, visit.input.value));
  if (state.type !== "Parallel" && state.type !== "Map") visit.trial?.seen.set("afterInputPath", datumOf(visit, input));
  return input;
}

function runPass(visit: Visit, state: PassState): Promise<Left> | Left {
  const { next } = state;
  if (state.queryLanguage === "JSONata") return leaveByOutput(visit, state, { otherwise: visit.input, next });
  const input = inputOf(visit, state);
  const filled = state.parameters === undefined ? input : fillTemplate(state.parameters, scopeOf(visit, state, input));
  const result = state.result === undefined ? datumOf(visit, filled) : Datum.of(state.result);
  if (state.result === undefined) visit.trial?.seen.set("afterParameters", result);
  else {
    visit.trial?.seen.delete("afterInputPath");
    visit.trial?.seen.set("result", result);
  }
  return leaveByPath(visit, state, { result, resultPath: state.resultPath, next });
}

function runSucceed(visit: Visit, state: SucceedState): Promise<Left> | Left {
  if (state.queryLanguage === "JSONata") return leaveByOutput(visit, state, { otherwise: visit.input, next: undefined });
  return leaveByPath(visit, state, { result: datumOf(visit, inputOf(visit, state)), resultPath: "$", next: undefined });
}

async function runFail(visit: Visit, state: FailState): Promise<Left> {
  if (state.queryLanguage === "JSONPath") visit.trial?.seen.set("afterInputPath", visit.input);
  const scope = scopeOf(visit, state, visit.input.value);
  const error = state.error && (await evaluateFailText(state.error, "Error", scope));
  const cause = state.cause && (await evaluateFailText(state.cause, "Cause", scope));
  throw new ExecutionFailure(error, cause);
}

function runChoice(visit: Visit, state: ChoiceState): Promise<Left> | Left {
  if (state.queryLanguage === "JSONata") return chooseByExpression(visit, state);
  const input = inputOf(visit, state);
  const scope = scopeOf(visit, state, input);
  const rule = state.choices.find(({ condition }) => testCondition(condition, scope));
  const next = rule?.next ?? state.default;
  if (next === undefined) throw noChoiceMatched();
  const result = datumOf(visit, input);
  const { assign } = rule ?? state;
  return leaveByPath(visit, state, { result, resultPath: "$", next, assign });
}

async function chooseByExpression(visit: Visit, state: ChoiceState): Promise<Left> {
  const scope = scopeOf(visit, state, visit.input.value);
  for (const [index, rule] of state.choices.entries()) {
    if (rule.condition.type !== "expression") continue;
    if (!(await evaluateCondition(rule.condition.expression, `Choices[${index}]/Condition`, scope))) continue;
    return leaveByOutput(visit, state, {
      otherwise: visit.input,
      next: rule.next,
      output: rule.output ?? state.output,
      outputField: rule.output === undefined ? "Output" : `Choices[${index}]/Output`,
      assign: rule.assign,
      assignField: `Choices[${index}]/Assign`,
    });
  }
  if (state.default === undefined) throw noChoiceMatched();
  return leaveByOutput(visit, state, { otherwise: visit.input, next: state.default });
}

function noChoiceMatched(): StateFailure {
  return new StateFailure("States.NoChoiceMatched", "Failed to transition out of the state. The state does not point to a next state.");
}

async function runWait(visit: Visit, state: WaitState): Promise<Left> {
  const { run } = visit;
  const isData = state.queryLanguage === "JSONata";
  const input = isData ? visit.input.value : inputOf(visit, state);
  const until = await evaluateWait(state.until, visit.enteredAt, scopeOf(visit, state, input));
  const { clock } = run.states.environment.kernel;
  if (until > clock.now() && visit.trial === undefined) {
    await run.commit();
    await run.sleepUntil(visit, state, "wait", until);
  }
  const { next } = state;
  return isData
    ? leaveByOutput(visit, state, { otherwise: visit.input, next })
    : leaveByPath(visit, state, { result: datumOf(visit, input), resultPath: "$", next });
}
