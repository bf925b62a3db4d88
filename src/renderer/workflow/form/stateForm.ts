// What the parts of a state's form share: the state as it is written, how it is changed, what is wrong where, and what
// expressions in it can read.
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import type { Steps } from "../../../model/asl/commands/command.ts";
import type { CompletionScope } from "../../../model/asl/complete/suggestion.ts";
import { variablesInScope } from "../../../model/asl/complete/variablesInScope.ts";
import type { QueryLanguage } from "../../../model/asl/definition.ts";
import { languageOf } from "../../../model/asl/parse.ts";
import { judgeWorkflow } from "../../../model/design/workflows/workflowProblems.ts";
import type { Problem } from "../../../model/problem.ts";
import { changeWorkflow } from "../changeWorkflow.ts";
import { samplesOfVisit } from "../testState/visits.ts";
import type { Visit } from "../testState/visitsInHistory.ts";
import type { Workflow } from "../useWorkflow.ts";
import type { WorkflowState } from "../workflowGraph.ts";
import { t } from "../../app/texts/texts.ts";

export interface StateForm {
  readonly machine: string;
  readonly workflow: Workflow;
  readonly state: WorkflowState;
  readonly language: QueryLanguage;
  /** Of the same flow, this one among them. */
  readonly names: readonly string[];
  /** Problems at this place of the state, and below it unless `isExact`. */
  problemsAt(path: Steps, isExact?: boolean): readonly Problem[];
  /** One step of undo; undefined removes. */
  change(label: string, ...changes: readonly (readonly [path: Steps, value: Json | undefined])[]): void;
  scope(place?: Partial<Pick<CompletionScope, "hasResult" | "hasErrorOutput" | "isOfResult">>): CompletionScope;
}

interface Placed {
  readonly problem: Problem;
  readonly steps: Steps;
}

/** What is wrong in the whole machine, for `stateForm`. */
export function placedProblems(machine: string, workflow: Workflow): readonly Placed[] {
  return judgeWorkflow(workflow.source, machine);
}

export function stateForm(
  machine: string,
  workflow: Workflow,
  state: WorkflowState,
  problems: readonly Placed[],
  visit: Visit | undefined,
): StateForm {
  const definition = workflow.source.definition ?? {};
  const language = languageOf(state.written, languageOf(definition, "JSONPath"));
  const flow = valueAt(definition, state.steps.slice(0, -1));
  const variables = variablesInScope(definition, state.steps);
  const samples = samplesOfVisit(visit);
  return {
    machine,
    workflow,
    state,
    language,
    names: isJsonObject(flow) ? Object.keys(flow) : [],
    problemsAt: (path, isExact = false) =>
      problems
        .filter(({ steps }) => {
          const place = [...state.steps, ...path];
          return (!isExact || steps.length === place.length) && place.every((step, index) => steps[index] === step);
        })
        .map(({ problem }) => problem),
    change: (label, ...changes) => {
      void changeWorkflow(
        machine,
        t("{{label}} of {{name}}", { label, name: state.name }),
        ...changes.map(([path, value]) => ({ type: "setStateField", state: state.steps, path, value }) as const),
      );
    },
    scope: (place = {}) => ({
      language,
      hasResult: false,
      hasErrorOutput: false,
      isOfResult: false,
      ...place,
      variables,
      samples: { ...samples, ...(samples.input === undefined ? {} : { input: atInputPath(samples.input, state.written, language) }) },
    }),
  };
}

/** In JSONPath the other fields read what InputPath leaves. */
function atInputPath(input: Json, state: JsonObject, language: QueryLanguage): Json {
  const path = state["InputPath"];
  if (language !== "JSONPath" || typeof path !== "string" || !/^\$(?:\.\w+)+$/.test(path)) return input;
  return valueAt(input, path.split(".").slice(1)) ?? input;
}

export function valueAt(value: Json | undefined, path: Steps): Json | undefined {
  return path.reduce<Json | undefined>((at, step) => {
    if (Array.isArray(at)) return typeof step === "number" ? at[step] : undefined;
    return isJsonObject(at) && Object.hasOwn(at, String(step)) ? at[String(step)] : undefined;
  }, value);
}

export function written(form: StateForm, path: Steps): Json | undefined {
  return valueAt(form.state.written, path);
}
