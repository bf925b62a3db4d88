// What a test begins with until a person writes something else.
import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import { readJsonText } from "../../../model/asl/jsonText.ts";
import { prettyText } from "../../../model/asl/prettyText.ts";
import type { WorkflowState } from "../workflowGraph.ts";
import { exampleInput } from "./exampleInput.ts";
import type { Visit } from "./visitsInHistory.ts";
import { t } from "../../app/texts/texts.ts";

export interface Prefilled {
  readonly input: string;
  /** Where the input comes from, for people. */
  readonly from: string;
  readonly variables: string;
  readonly context: string;
  readonly result: string;
}

export function prefilled(state: WorkflowState, visit: Visit | undefined, machine: string): Prefilled {
  return {
    input: visit === undefined ? pretty(exampleInput(state.written)) : readable(visit.input),
    from: visit === undefined ? t("an example") : t("from {{execution}}", { execution: visit.execution }),
    variables: readable(variablesText(visit?.variables ?? {})),
    context: pretty(contextOf(state, machine)),
    result: visit?.result === undefined ? exampleResult(state) : readable(visit.result),
  };
}

/** The members that TestState lets one give. */
function contextOf(state: WorkflowState, machine: string): JsonObject {
  const hasToken = state.type === "Task" && /\.(?:sync(?::2)?|waitForTaskToken)$/.test(String(state.written["Resource"] ?? ""));
  return {
    Execution: { Name: "test", StartTime: "2030-01-01T00:00:00Z" },
    State: { Name: state.name, RetryCount: 0 },
    StateMachine: { Name: machine },
    ...(hasToken ? { Task: { Token: "test-token" } } : {}),
  };
}

function exampleResult(state: WorkflowState): string {
  if (state.type === "Parallel") return pretty(state.lanes.map((_lane, index) => ({ branch: index + 1 })));
  if (state.type === "Map") return isJsonObject(state.written["ResultWriter"]) ? "{}" : pretty([{ item: 1 }, { item: 2 }]);
  return "{}";
}

function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/** The text stays as it is where it is no JSON. */
function readable(text: string): string {
  return readJsonText(text).ok ? prettyText(text) : text;
}

function variablesText(variables: Visit["variables"]): string {
  return `{${Object.entries(variables)
    .map(([name, text]) => `${JSON.stringify(name)}:${text}`)
    .join(",")}}`;
}
