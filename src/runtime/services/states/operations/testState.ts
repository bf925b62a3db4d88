import type { InspectionData, TestStateInput, TestStateOutput } from "@aws-sdk/client-sfn";
import { readJsonText } from "../../../../model/asl/jsonText.ts";
import { checkTestState } from "../../../../model/asl/validate/testState.ts";
import { entriesOf, isObjectValue, objectOf, readValue, writeValue } from "../../../../model/asl/value.ts";
import type { State, StateMachineDefinition } from "../../../../model/asl/definition.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import { missing, validation } from "../errors.ts";
import { Datum } from "../run/datum.ts";
import { ExecutionRun } from "../run/executionRun.ts";
import { ExecutionFailure } from "../run/failure.ts";
import { failureOf, type Left, type Visit } from "../run/flow.ts";
import type { Frame } from "../run/frame.ts";
import { runState } from "../run/state.ts";
import { Retriable, type Trial } from "../run/trial.ts";
import { resultShapes } from "../integrations/resultShape.ts";
import type { States } from "../states.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html */
export function testState(states: States) {
  return async (input: TestStateInput, call: Call): Promise<TestStateOutput> => {
    if (input.definition === undefined) throw missing("definition");
    const shapeOf = await resultShapes(input.definition);
    const checked = checkTestState({ ...input, definition: input.definition }, shapeOf);
    if (!checked.ok) throw new AwsError(checked.refusal.code, checked.refusal.message);
    const text = input.input ?? "{}";
    const json = readJsonText(text);
    if (!json.ok) throw new AwsError("InvalidExecutionInput", `Invalid State Machine Execution Input: '${json.message}'`);
    const trial = trialOf(input);
    const { outcome, variables } = await tryState(states, checked.state, text, input, trial, call);
    const isInspected = input.inspectionLevel === "DEBUG" || input.inspectionLevel === "TRACE";
    const inspectionData = isInspected ? { ...inspectionOf(text, trial), ...variablesText(variables) } : undefined;
    return { ...outcome, ...(inspectionData && { inspectionData }) };
  };
}

function trialOf({ mock, context, stateConfiguration }: TestStateInput): Trial {
  const { retrierRetryCount, mapIterationFailureCount, mapItemReaderData } = stateConfiguration ?? {};
  return {
    ...(context !== undefined && { context: readValue(context) }),
    ...(mock?.result !== undefined && { mock: { type: "result", text: mock.result } }),
    ...(mock?.errorOutput !== undefined && { mock: { type: "error", error: mock.errorOutput.error, cause: mock.errorOutput.cause } }),
    retrierRetryCount: retrierRetryCount ?? 0,
    ...(mapIterationFailureCount !== undefined && { mapIterationFailureCount }),
    hasItemReaderData: mapItemReaderData !== undefined,
    seen: new Map(),
  };
}

async function tryState(
  states: States,
  state: State,
  text: string,
  input: TestStateInput,
  trial: Trial,
  call: Call,
): Promise<{ readonly outcome: TestStateOutput; readonly variables: Frame["variables"]["own"] }> {
  const run = trialRun(states, state, text, input.roleArn ?? "", call);
  const frame: Frame = { path: "", previous: 0, variables: { own: variablesOf(input.variables) }, signal: run.signal };
  const visit: Visit = {
    run,
    frame,
    input: Datum.read(text),
    enteredId: 0,
    enteredAt: call.now(),
    enteredPrevious: 0,
    call,
    past: [],
    retryCount: trial.retrierRetryCount,
    trial,
  };
  const outcome = async (): Promise<TestStateOutput> => {
    try {
      const left: Left = await runState(visit, state);
      return {
        output: left.output.text,
        ...(left.next !== undefined && { nextState: left.next }),
        ...(trial.caught === undefined ? { status: "SUCCEEDED" } : { ...errorOf(trial.caught), status: "CAUGHT_ERROR" }),
      };
    } catch (error) {
      if (error instanceof Retriable) return { ...errorOf(error.failure), status: "RETRIABLE" };
      const failure = failureOf(visit, state, error);
      if (failure instanceof ExecutionFailure) return { ...errorOf(failure), status: "FAILED" };
      throw failure;
    }
  };
  return { outcome: await outcome(), variables: frame.variables.own };
}

function errorOf({ error, reason }: ExecutionFailure): Pick<TestStateOutput, "error" | "cause"> {
  return { ...(error !== undefined && { error }), ...(reason !== undefined && { cause: reason }) };
}

function variablesOf(text: string | undefined): Frame["variables"]["own"] {
  if (text === undefined) return new Map();
  const json = readJsonText(text);
  const value = json.ok ? readValue(text) : undefined;
  if (!isObjectValue(value)) throw validation("Variables must be a JSON object.");
  return new Map(entriesOf(value));
}

/** An execution that is nowhere kept, of a machine that there is not. */
function trialRun(states: States, state: State, text: string, roleArn: string, call: Call): ExecutionRun {
  const { ids } = call.kernel;
  const machineName = ids.uuid();
  const name = ids.uuid();
  const definition: StateMachineDefinition = {
    startAt: state.name,
    states: new Map([[state.name, state]]),
    location: "",
    queryLanguage: state.queryLanguage,
  };
  return new ExecutionRun(
    states,
    0,
    {
      arn: states.arn(call.region, `express:${machineName}:${name}`),
      name,
      region: call.region,
      machineName,
      machineArn: states.arn(call.region, `stateMachine:${machineName}`),
      type: "EXPRESS",
      definitionId: 0,
      roleArn,
      input: text,
      startedAt: call.now(),
      cause: null,
      secret: ids.hex(32),
    },
    definition,
  );
}

/** Those that hold after the state; without any, AWS says nothing. */
function variablesText(variables: Frame["variables"]["own"]): Pick<InspectionData, "variables"> {
  return variables.size === 0 ? {} : { variables: writeValue(objectOf([...variables])) };
}

function inspectionOf(input: string, trial: Trial): InspectionData {
  return {
    input,
    ...Object.fromEntries([...trial.seen].map(([name, value]) => [name, typeof value === "number" ? value : value.text])),
    ...(trial.errorDetails && { errorDetails: trial.errorDetails }),
  };
}
