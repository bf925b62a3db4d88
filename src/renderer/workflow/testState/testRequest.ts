// Puts the input of TestState together: the state within its machine where the machine is sound, else alone.
import { valueAt } from "../../../model/asl/commands/flow.ts";
import { validateJson } from "../../../model/asl/validate/validateDefinition.ts";
import { languageOf } from "../../../model/asl/parse.ts";
import { readJsonText } from "../../../model/asl/jsonText.ts";
import { readValue, writeValue } from "../../../model/asl/value.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import type { WorkflowSource } from "../../../model/design/workflows/workflowSource.ts";
import type { WorkflowState } from "../workflowGraph.ts";
import { deployedValues, fillDeployed } from "./deployedValues.ts";
import type { Prefilled } from "./prefill.ts";
import type { TestDraft } from "./testDrafts.ts";
import { t } from "../../app/texts/texts.ts";
import { tWords } from "../../app/texts/words.ts";

export interface Deployed {
  readonly definition: Json | undefined;
  readonly roleArn: string;
}

export type TestRequest =
  | { readonly ok: true; readonly input: JsonObject }
  | { readonly ok: false; readonly title: string; readonly message: string };

/** Map and Parallel run whole flows: TestState takes them only with a result given beforehand. */
export function needsMock(state: WorkflowState): boolean {
  return state.type === "Map" || state.type === "Parallel";
}

/** What the work of the state gives in the test. */
export function mockIn(state: WorkflowState, { mock }: TestDraft): "none" | "result" | "error" {
  return mock ?? (needsMock(state) ? "result" : "none");
}

export function takesMock(state: WorkflowState): boolean {
  return state.type === "Task" || needsMock(state);
}

export function testRequest(
  source: WorkflowSource,
  state: WorkflowState,
  draft: TestDraft,
  start: Prefilled,
  deployed: Deployed,
): TestRequest {
  const { definition } = source;
  if (definition === null) return { ok: false, title: t("The definition cannot be read"), message: tWords(source.trouble ?? "") };
  const values = deployedValues(definition, deployed.definition);
  const own = fillDeployed(state.written, values);
  if (own.open.length > 0 && mockIn(state, draft) === "none") {
    const names = own.open.join(", ");
    const message = t(
      "{{names}} gets its value when the design is deployed. Save the change, wait until the status bar says that it runs in step, and test again.",
      { names },
    );
    return { ok: false, title: t("Not deployed yet"), message };
  }
  const texts = { input: draft.input ?? start.input, variables: draft.variables ?? start.variables };
  for (const [what, text] of Object.entries(texts)) {
    const problem = jsonProblem(text);
    if (problem !== undefined)
      return {
        ok: false,
        title: what === "input" ? t("The input is no JSON") : t("The variables are no JSON"),
        message: t("{{problem}} Mend it under {{what}}.", { problem, what }),
      };
  }
  const hasVariables = texts.variables.trim() !== "" && texts.variables.trim() !== "{}";
  return {
    ok: true,
    input: {
      ...stateIn(source, definition, values, state),
      roleArn: deployed.roleArn,
      input: texts.input,
      inspectionLevel: mockIn(state, draft) === "none" && state.type === "Task" ? "TRACE" : "DEBUG",
      ...(hasVariables ? { variables: texts.variables } : {}),
      ...(draft.context === null || draft.context.trim() === "" ? {} : { context: draft.context }),
      ...mockOf(state, draft, start),
    },
  };
}

function stateIn(
  source: WorkflowSource,
  definition: JsonObject,
  values: ReturnType<typeof deployedValues>,
  state: WorkflowState,
): JsonObject {
  const whole = fillDeployed(definition, values).value;
  const isSound = !validateJson(whole, "STANDARD").some(({ severity }) => severity === "ERROR");
  // what is sent has its numbers as they are written
  const text = source.json();
  const exact = text === null ? whole : fillDeployed(readValue(text) as JsonObject, values).value;
  if (isSound) return { definition: writeValue(exact), stateName: state.name };
  const own = valueAt(exact, state.steps);
  const language = isJsonObject(own) ? languageOf(own, languageOf(definition, "JSONPath")) : "JSONPath";
  return { definition: writeValue({ ...(isJsonObject(own) ? own : {}), QueryLanguage: language }) };
}

function mockOf(state: WorkflowState, draft: TestDraft, start: Prefilled): JsonObject {
  const kind = mockIn(state, draft);
  if (!takesMock(state) || kind === "none") return {};
  const mock: JsonObject =
    kind === "result"
      ? { result: draft.result ?? start.result, ...(state.type === "Task" ? { fieldValidationMode: draft.validation } : {}) }
      : { errorOutput: { ...(draft.error === "" ? {} : { error: draft.error }), ...(draft.cause === "" ? {} : { cause: draft.cause }) } };
  const configuration: JsonObject = {
    ...(kind === "error" ? { retrierRetryCount: draft.retryCount } : {}),
    ...(state.type === "Map" && draft.failedItems > 0 ? { mapIterationFailureCount: draft.failedItems } : {}),
  };
  return { mock, ...(Object.keys(configuration).length > 0 ? { stateConfiguration: configuration } : {}) };
}

/** As the runtime reads it: two members of one name are an error too. */
export function jsonProblem(text: string): string | undefined {
  const read = readJsonText(text);
  if (read.ok) return undefined;
  const before = text.slice(0, read.offset).split("\n");
  return t("{{message}} in line {{line}}, column {{column}}.", {
    message: read.message.split("\n at ")[0] ?? "",
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
  });
}
