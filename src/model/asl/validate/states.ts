// The states as tables: what AWS takes in each, as its ValidateStateMachineDefinition answers.
import { isJsonObject, type Json, type JsonObject } from "../../json.ts";
import type { QueryLanguage, StateType } from "../definition.ts";
import { languageOf } from "../parse.ts";
import { isChoices } from "./choices.ts";
import { fieldOf, type Diagnostics, type Place } from "./diagnostic.ts";
import { checkAssign, isCatchers, isRetriers } from "./errors.ts";
import { isExpression, checkExpression, isExpressionTemplate } from "./expressions.ts";
import { isItemBatcher, isItemReader, isLabel, isResultWriter } from "./map.ts";
import { checkObject, type Check, type Field, type ObjectRule, type StateCheck } from "./objects.ts";
import { isPathOrCall, isPathOrNull, isPathTemplate, isReferencePath, isResultPath, looksEvaluated } from "./paths.ts";
import { checkCall, isCredentials, isResource } from "./tasks.ts";
import { anything, decimal, inBoth, integer, isFlag, isText, isTimestamp, listOf, oneOf, onlyIn, orExpression } from "./values.ts";

export const queryLanguages = oneOf(["JSONPath", "JSONata"]);
const longestSeconds = 99_999_999;

/** A template of the state's language. */
const isTemplate: Check = (value, place, state) =>
  state.language === "JSONata" ? isExpressionTemplate(value, place, state) : isPathTemplate(value, place, state);

const common = { Type: inBoth(anything), Comment: inBoth(isText), QueryLanguage: inBoth(queryLanguages) };
const path = (check: Check): Field => onlyIn("JSONPath", check);
const expression = (check: Check): Field => onlyIn("JSONata", check);

const inputAndOutput = { InputPath: path(isPathOrNull), OutputPath: path(isPathOrNull), Output: expression(isExpressionTemplate) };
const assign = { Assign: inBoth(checkAssign) };
/** Output and Assign of states that do work see what came of it. */
const afterWork =
  (check: Check): Check =>
  (value, place, state) =>
    check(value, place, { ...state, hasResult: true });
const outputOfWork = { Output: expression(afterWork(isExpressionTemplate)), Assign: inBoth(afterWork(checkAssign)) };
const transition = { Next: inBoth(isText), End: inBoth(isFlag) };
const call = { Parameters: path(isPathTemplate), Arguments: expression(isExpressionTemplate) };
const result = { ResultSelector: path(isPathTemplate), ResultPath: path(isResultPath) };
const errors = { Retry: inBoth(isRetriers), Catch: inBoth(isCatchers) };
const nextOrEnd = { fields: ["Next", "End"], isRequired: true };

/** `TimeoutSeconds`, and beside it `TimeoutSecondsPath` of JSONPath. */
function withPath(name: string, check: Check): Readonly<Record<string, Field>> {
  return { [name]: inBoth(orExpression(check)), [`${name}Path`]: path(isReferencePath) };
}

function eitherOr(name: string): { fields: readonly string[] } {
  return { fields: [name, `${name}Path`] };
}

const isResultField: Check = (value, place, { diagnostics }) => {
  if (typeof value === "string" && looksEvaluated(value))
    diagnostics.warning("PASS_RESULT_IS_STATIC", "Attempt to use a path in the result of a pass state.", place);
};

/** Error and Cause of a Fail. */
const isFailText: Check = (value, place, state) => {
  orExpression(isText)(value, place, state);
  if (state.language !== "JSONPath" || typeof value !== "string" || !looksEvaluated(value)) return;
  state.diagnostics.warning("NO_PATH", "Field value looks like a path, but field name does not end with 'Path'.", place);
};

const rules: Readonly<Record<StateType, ObjectRule>> = {
  Pass: {
    fields: {
      ...common,
      ...inputAndOutput,
      ...assign,
      ...transition,
      Result: path(isResultField),
      ResultPath: path(isResultPath),
      Parameters: path(isPathTemplate),
    },
    groups: [nextOrEnd],
  },
  Task: {
    fields: {
      ...common,
      ...inputAndOutput,
      ...outputOfWork,
      ...transition,
      ...call,
      ...result,
      ...errors,
      Resource: inBoth(isResource),
      Credentials: inBoth(isCredentials),
      ...withPath("TimeoutSeconds", integer(1, longestSeconds)),
      ...withPath("HeartbeatSeconds", integer(1, longestSeconds)),
    },
    required: ["Resource"],
    groups: [nextOrEnd, eitherOr("TimeoutSeconds"), eitherOr("HeartbeatSeconds")],
  },
  Choice: {
    fields: { ...common, ...inputAndOutput, ...assign, Choices: inBoth(isChoices), Default: inBoth(isText) },
    required: ["Choices"],
  },
  Wait: {
    fields: {
      ...common,
      ...inputAndOutput,
      ...assign,
      ...transition,
      ...withPath("Seconds", integer(0, longestSeconds)),
      Timestamp: inBoth(orExpression(isTimestamp)),
      TimestampPath: path(isReferencePath),
    },
    groups: [nextOrEnd, { fields: ["SecondsPath", "Seconds", "TimestampPath", "Timestamp"], isRequired: true }],
  },
  Succeed: { fields: { ...common, ...inputAndOutput } },
  Fail: {
    fields: {
      ...common,
      Error: inBoth(isFailText),
      ErrorPath: path(isPathOrCall),
      Cause: inBoth(isFailText),
      CausePath: path(isPathOrCall),
    },
    groups: [eitherOr("Error"), eitherOr("Cause")],
  },
  Parallel: {
    fields: {
      ...common,
      ...inputAndOutput,
      ...outputOfWork,
      ...transition,
      ...call,
      ...result,
      ...errors,
      Branches: inBoth(listOf(isFlow({}))),
    },
    required: ["Branches"],
    groups: [nextOrEnd],
  },
  Map: {
    fields: {
      ...common,
      ...inputAndOutput,
      ...outputOfWork,
      ...transition,
      ...result,
      ...errors,
      Parameters: path(isPathTemplate),
      ItemProcessor: inBoth(isProcessor),
      Iterator: inBoth(isProcessor),
      ItemsPath: path(isReferencePath),
      Items: expression(isItems),
      ItemSelector: inBoth(isTemplate),
      ItemReader: inBoth(isItemReader),
      ItemBatcher: inBoth(isItemBatcher),
      ResultWriter: inBoth(isResultWriter),
      ...withPath("MaxConcurrency", integer(0)),
      ...withPath("ToleratedFailureCount", integer(0)),
      ...withPath("ToleratedFailurePercentage", decimal(0, 100)),
      Label: inBoth(isLabel),
    },
    groups: [
      nextOrEnd,
      { fields: ["ItemProcessor", "Iterator"], isRequired: true },
      eitherOr("MaxConcurrency"),
      eitherOr("ToleratedFailureCount"),
      eitherOr("ToleratedFailurePercentage"),
    ],
  },
};

const types: readonly StateType[] = ["Task", "Wait", "Pass", "Succeed", "Fail", "Choice", "Parallel", "Map"];

function typeOf(value: Json | undefined): StateType | undefined {
  return types.find((type) => type === value);
}

export interface FlowCheck {
  readonly diagnostics: Diagnostics;
  readonly machineLanguage: QueryLanguage;
  readonly isExpress: boolean;
}

/** `States` of a machine, a branch, a processor. */
export function checkStates(value: Json, place: Place, flow: FlowCheck): void {
  if (!isJsonObject(value)) return flow.diagnostics.schema("Expected value of type Object", place);
  if (Object.keys(value).length === 0) return flow.diagnostics.schema("Value cannot be empty", place);
  for (const [name, state] of Object.entries(value)) checkState(state, fieldOf(place, name), flow);
}

export function checkState(json: Json, place: Place, { diagnostics, machineLanguage, isExpress }: FlowCheck): void {
  if (!isJsonObject(json)) return diagnostics.schema("Expected value of type Object", place);
  const type = typeOf(json["Type"]);
  if (!type) {
    if (json["Type"] === undefined) diagnostics.schema("These fields are required: [Type]", place);
    else diagnostics.schema(`The field 'Type' should have one of these values: [${types.join(", ")}]`, fieldOf(place, "Type"));
    return;
  }
  if (machineLanguage === "JSONata" && json["QueryLanguage"] === "JSONPath") {
    diagnostics.schema("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", place);
  }
  const language = languageOf(json, machineLanguage);
  const state: StateCheck = {
    diagnostics,
    language,
    machineLanguage,
    isExpress,
    hasResult: false,
    hasErrorOutput: false,
  };
  checkObject(json, place, state, rules[type]);
  if (type === "Task") checkCall(json, place, state);
}

/** A branch or processor; nested states belong to the machine's language. */
function isFlow(more: Readonly<Record<string, Field>>): Check {
  return (value, place, state) => {
    const states = (nested: Json, at: Place, of: StateCheck): void =>
      checkStates(nested, at, { ...of, isExpress: of.isExpress || runsExpress(value) });
    checkObject(value, place, state, {
      fields: { ...more, Comment: inBoth(isText), StartAt: inBoth(isText), States: inBoth(states) },
      required: requiredOfFlow,
    });
  };
}

/** In AWS's order. */
export const requiredOfFlow = ["States", "StartAt"];

function processorConfig(value: Json): JsonObject | undefined {
  const config = isJsonObject(value) ? value["ProcessorConfig"] : undefined;
  return isJsonObject(config) ? config : undefined;
}

function runsExpress(processor: Json): boolean {
  const config = processorConfig(processor);
  return config?.["Mode"] === "DISTRIBUTED" && config["ExecutionType"] === "EXPRESS";
}

function isProcessor(value: Json, place: Place, state: StateCheck): void {
  isFlow({ ProcessorConfig: inBoth(isProcessorConfig) })(value, place, state);
}

function isProcessorConfig(value: Json, place: Place, state: StateCheck): void {
  const isDistributed = isJsonObject(value) && value["Mode"] === "DISTRIBUTED";
  const fields: Record<string, Field> = { Mode: inBoth(isMode) };
  if (isDistributed) fields["ExecutionType"] = inBoth(oneOf(["STANDARD", "EXPRESS"]));
  checkObject(value, place, state, { fields, required: isDistributed ? ["ExecutionType"] : [] });
}

function isMode(value: Json, place: Place, state: StateCheck): void {
  oneOf(["INLINE", "DISTRIBUTED"])(value, place, state);
  if (value === "DISTRIBUTED" && state.isExpress) {
    state.diagnostics.schema("The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines", place);
  }
}

/** An array or object of JSON with expressions in it, or one expression. */
function isItems(value: Json, place: Place, state: StateCheck): void {
  if (isExpression(value)) return checkExpression(value, place, state);
  if (typeof value !== "object" || value === null) return state.diagnostics.schema("Expected value of type Array", place);
  isExpressionTemplate(value, place, state);
}
