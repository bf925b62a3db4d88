// What TestState refuses before it tests anything, in AWS's words and order.
import { isJsonObject, type Json, type JsonObject } from "../../json.ts";
import type { State } from "../definition.ts";
import { readJsonText } from "../jsonText.ts";
import { languageOf, stateOf } from "../parse.ts";
import { readValue } from "../value.ts";
import { checkContext } from "./contextObject.ts";
import { Diagnostics, fieldOf, root, type Place } from "./diagnostic.ts";
import { checkFlow, checkNames, everyState, flowsIn } from "./graph.ts";
import { mockResultFault, type FieldValidationMode, type ResultShape } from "./mockResult.ts";
import { checkState } from "./states.ts";
import { invalidDefinitionMessage, validateDefinition, validateJson } from "./validateDefinition.ts";

/** The members of the operation's input that are judged here. */
export interface TestStateRequest {
  readonly definition: string;
  readonly stateName?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly revealSecrets?: boolean | undefined;
  readonly context?: string | undefined;
  readonly mock?: TestStateMock | undefined;
  readonly stateConfiguration?: TestStateConfiguration | undefined;
}

interface TestStateMock {
  readonly result?: string | undefined;
  readonly errorOutput?: { readonly error?: string | undefined; readonly cause?: string | undefined } | undefined;
  readonly fieldValidationMode?: FieldValidationMode | undefined;
}

interface TestStateConfiguration {
  readonly retrierRetryCount?: number | undefined;
  readonly errorCausedByState?: string | undefined;
  readonly mapIterationFailureCount?: number | undefined;
  readonly mapItemReaderData?: string | undefined;
}

export interface Refusal {
  readonly code: "InvalidDefinition" | "ValidationException";
  readonly message: string;
}

export type TestStateCheck = { readonly ok: true; readonly state: State } | { readonly ok: false; readonly refusal: Refusal };

/** `shapeOf` gives the output of the API that a Task calls; undefined: it is not known, and a mocked result is taken as it is. */
export function checkTestState(request: TestStateRequest, shapeOf: (state: State) => ResultShape | undefined): TestStateCheck {
  const found = findState(request);
  if (!found.ok) return found;
  const { state } = found;
  const problem = request.mock ? mockFault(request, request.mock, state) : faultWithoutMock(request, state);
  if (problem) return { ok: false, refusal: problem };
  const contextFault = request.context === undefined ? undefined : checkContext(request.context, state);
  if (contextFault !== undefined) return refused(`Invalid Context object provided: ${contextFault}`);
  const resultFault = request.mock?.result === undefined ? undefined : schemaFault(request.mock, state, shapeOf);
  return resultFault === undefined ? found : refused(`Mock result schema validation error: ${resultFault}`);
}

function refused(message: string): TestStateCheck & { ok: false } {
  return { ok: false, refusal: validation(message) };
}

function validation(message: string): Refusal {
  return { code: "ValidationException", message };
}

/** The name that AWS gives to a state that comes alone. */
const aloneName = "StateName";

function findState({ definition, stateName }: TestStateRequest): TestStateCheck {
  const json = readJsonText(definition);
  const value = json.ok && isJsonObject(json.value) ? json.value : undefined;
  if (!value) return invalid(invalidDefinitionMessage(validateDefinition(definition, "STANDARD")));
  // literals keep their form: what a Pass gives as 1.0 is 1.0
  const exact = readValue(definition) as JsonObject;
  if (stateName === undefined) return stateAlone(value, exact);
  const problem = invalidDefinitionMessage(validateJson(value, "STANDARD"));
  if (problem !== undefined) return invalid(problem);
  for (const { name, state, at } of everyState(exact, root)) {
    if (name === stateName) return { ok: true, state: stateOf(name, state, at.location, languageOf(value, "JSONPath")) };
  }
  return refused("State not found in definition");
}

function invalid(message: string | undefined): TestStateCheck {
  return { ok: false, refusal: { code: "InvalidDefinition", message: message ?? "Invalid State Machine Definition" } };
}

/** Where the state leads is not looked at; what is inside it is. */
function stateAlone(state: JsonObject, exact: JsonObject): TestStateCheck {
  const at: Place = fieldOf(fieldOf(root, "States"), aloneName);
  const diagnostics = new Diagnostics();
  checkState(state, at, { diagnostics, machineLanguage: "JSONPath", isExpress: false });
  if (!diagnostics.hasErrors) {
    checkNames({ States: { [aloneName]: state } }, root, diagnostics);
    for (const nested of flowsIn({ name: aloneName, state, at })) checkFlow(nested.flow, nested.at, diagnostics);
  }
  const problem = invalidDefinitionMessage(diagnostics.found);
  return problem === undefined ? { ok: true, state: stateOf(aloneName, exact, at.location, "JSONPath") } : invalid(problem);
}

/** Fields of the configuration in AWS's names; each only means something beside a mock. */
const onlyWithMock: readonly (readonly [keyof TestStateConfiguration, string])[] = [
  ["mapIterationFailureCount", "MapIterationFailureCount"],
  ["mapItemReaderData", "MapItemReaderData"],
  ["retrierRetryCount", "RetrierRetryCount"],
  ["errorCausedByState", "ErrorCausedByState"],
];

function faultWithoutMock({ stateConfiguration, roleArn }: TestStateRequest, state: State): Refusal | undefined {
  for (const [field, name] of onlyWithMock) {
    if (stateConfiguration?.[field] !== undefined) return validation(`TestState does not support ${name} when a mock is not specified.`);
  }
  if (state.type === "Map" || state.type === "Parallel") {
    const message =
      "TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]";
    return { code: "InvalidDefinition", message };
  }
  return state.type === "Task" && roleArn === undefined ? validation("RoleArn must be specified when testing a Task state") : undefined;
}

function mockFault({ revealSecrets }: TestStateRequest, mock: TestStateMock, state: State): Refusal | undefined {
  if ((mock.result === undefined) === (mock.errorOutput === undefined)) {
    return validation("A test mock should have only one of the following fields: [result, errorOutput].");
  }
  if (revealSecrets === true) return validation("TestState does not support RevealSecrets when a mock is specified.");
  if (state.type !== "Task" && state.type !== "Map" && state.type !== "Parallel") {
    return validation(`State type '${state.type}' is not supported when a mock is specified`);
  }
  const message = mock.result === undefined ? undefined : resultFault(mock.result, state);
  return message === undefined ? undefined : validation(message);
}

function resultFault(text: string, state: State): string | undefined {
  const json = readJsonText(text);
  if (!json.ok) return "Mocked result must be a valid JSON.";
  const hasWriter = state.type === "Map" && state.resultWriter?.resource !== undefined;
  if (hasWriter) return isJsonObject(json.value) ? undefined : "Mocked result must be a JSON object.";
  if (state.type !== "Map" && state.type !== "Parallel") return undefined;
  if (!Array.isArray(json.value)) return "Mocked result must be an array.";
  if (state.type !== "Parallel" || json.value.length === state.branches.length) return undefined;
  return "Mocked result must contain the same number of items as number of Parallel branches.";
}

function schemaFault(mock: TestStateMock, state: State, shapeOf: (state: State) => ResultShape | undefined): string | undefined {
  const mode = mock.fieldValidationMode ?? "STRICT";
  if (mode === "NONE" || state.type !== "Task" || mock.result === undefined) return undefined;
  const shape = shapeOf(state);
  const json = readJsonText(mock.result);
  return shape && json.ok ? mockResultFault(json.value satisfies Json, shape, mode) : undefined;
}
