// The mock file of Step Functions Local: answers of tasks by test case, named behind `#` in StartExecution's ARN.
// https://docs.aws.amazon.com/step-functions/latest/dg/sfn-local-mock-cfg-file.html
import { readFileSync } from "node:fs";
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import type { TaskWork } from "./run/task.ts";
import type { TaskAnswer } from "./run/taskToken.ts";
import { Datum } from "./run/datum.ts";
import type { Visit } from "./run/flow.ts";
import { ExecutionFailure } from "./run/failure.ts";
import { validation } from "./errors.ts";

/** One test case of the mock file as it was when the execution started. */
export interface MockCase {
  /** By state: the name of its responses. */
  readonly states: JsonObject;
  readonly responses: JsonObject;
}

export function readMockCase(machineName: string, testCase: string): MockCase {
  const file = readMockFile();
  const machines = isJsonObject(file["StateMachines"]) ? file["StateMachines"] : {};
  const machine = machines[machineName];
  const cases = isJsonObject(machine) && isJsonObject(machine["TestCases"]) ? machine["TestCases"] : {};
  const states = cases[testCase];
  if (!isJsonObject(states)) throw validation(`The mock file has no test case '${testCase}' for the state machine '${machineName}'.`);
  return { states, responses: isJsonObject(file["MockedResponses"]) ? file["MockedResponses"] : {} };
}

/** The mocked answer of this attempt; undefined: the task is done for real. */
export function mockedAnswer(work: TaskWork): TaskAnswer | undefined {
  const { trial } = work.visit;
  if (trial?.mock !== undefined)
    return trial.mock.type === "result"
      ? { type: "succeeded", output: trial.mock.text }
      : { type: "failed", error: trial.mock.error, cause: trial.mock.cause };
  const { mockCase, mockCounts } = work.visit.run;
  const name = mockCase?.states[work.state.name];
  if (typeof name !== "string") return undefined;
  const steps = mockCase?.responses[name];
  const invocation = mockCounts.get(work.state.name) ?? 0;
  mockCounts.set(work.state.name, invocation + 1);
  const step = isJsonObject(steps) ? stepAt(steps, invocation) : undefined;
  if (!isJsonObject(step)) {
    throw new ExecutionFailure(
      "States.Runtime",
      `The mock file has no response '${name}' for invocation ${invocation} of the state '${work.state.name}'.`,
      { isFatal: true },
    );
  }
  const thrown = step["Throw"];
  if (isJsonObject(thrown)) return { type: "failed", error: textOf(thrown["Error"]), cause: textOf(thrown["Cause"]) };
  return { type: "succeeded", output: JSON.stringify(step["Return"] ?? null) };
}

/** Of a Parallel or Map that TestState tries: what it was told that its flows gave. */
export function mockedResult({ trial }: Visit): Datum | undefined {
  if (trial?.mock === undefined) return undefined;
  if (trial.mock.type === "result") return Datum.read(trial.mock.text);
  throw new ExecutionFailure(trial.mock.error, trial.mock.cause);
}

/** Keys are the number of an invocation or a range of them: `0`, `1-2`. */
function stepAt(steps: JsonObject, index: number): Json | undefined {
  for (const [range, step] of Object.entries(steps)) {
    const [first = "", last = first] = range.split("-");
    if (index >= Number(first) && index <= Number(last)) return step;
  }
  return undefined;
}

function readMockFile(): JsonObject {
  const path = process.env["SFN_MOCK_CONFIG"];
  if (path === undefined || path === "")
    throw validation("A test case was named behind # but there is no mock file: start Contrail with SFN_MOCK_CONFIG set to its path.");
  let file: unknown;
  try {
    file = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw validation(`The mock file ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof file !== "object" || file === null || Array.isArray(file)) throw validation(`The mock file ${path} holds no JSON object.`);
  return file as JsonObject;
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
