// Runs TestState on a state as it is written now.
import { isJsonObject, type Json } from "../../../model/json.ts";
import type { ResourceRef } from "../../../model/trace.ts";
import { call } from "../../app/api.ts";
import { jsonOf } from "../execution/executionEvents.ts";
import type { Workflow } from "../useWorkflow.ts";
import type { WorkflowState } from "../workflowGraph.ts";
import { prefilled } from "./prefill.ts";
import { beginTest, draftOf, endTest, testKey } from "./testDrafts.ts";
import { mockIn, testRequest, type Deployed } from "./testRequest.ts";
import { parsed, type Visit } from "./visitsInHistory.ts";
import { t } from "../../app/texts/texts.ts";
import { messageOf } from "../../app/texts/words.ts";

export async function runTest(
  machine: string,
  workflow: Workflow,
  state: WorkflowState,
  resource: ResourceRef,
  visit: Visit | undefined,
): Promise<void> {
  const key = testKey(machine, state.id);
  const draft = draftOf(key);
  const start = prefilled(state, visit, machine);
  beginTest(key);
  try {
    const request = testRequest(workflow.source, state, draft, start, await deployedMachine(resource));
    if (!request.ok) {
      endTest(key, { type: "refused", title: request.title, message: request.message });
      return;
    }
    const { output, error, traceId } = await call("workflow.test", { region: resource.region, input: request.input });
    endTest(
      key,
      error === null
        ? {
            type: "answered",
            answer: output,
            traceId,
            variables: jsonOf(draft.variables ?? start.variables),
            mockResult: mockIn(state, draft) === "result" ? jsonOf(draft.result ?? start.result) : undefined,
          }
        : { type: "refused", title: error.code, message: error.message },
    );
  } catch (error) {
    endTest(key, { type: "refused", title: t("The test could not be run"), message: messageOf(error) });
  }
}

async function deployedMachine({ service, name, region }: ResourceRef): Promise<Deployed> {
  const { rows } = await call("data.inspect", { service, name, region, view: "definition", limit: 1 });
  const detail: Json = rows[0]?.detail ?? null;
  const text = isJsonObject(detail) ? detail["definition"] : undefined;
  const roleArn = isJsonObject(detail) ? detail["roleArn"] : undefined;
  return {
    definition: typeof text === "string" ? parsed(text) : undefined,
    roleArn: typeof roleArn === "string" ? roleArn : "",
  };
}
