// A machine's definition as it is now, in the template or in its file, with what validation says of each state.
import { useMemo } from "react";
import type { Problem } from "../../model/problem.ts";
import { useDesign } from "../app/stores/design.ts";
import { useDocuments } from "../app/stores/documents.ts";
import { localText, useLocalTexts } from "../app/stores/localTexts.ts";
import { allStates, workflowGraph, type WorkflowFlow, type WorkflowState } from "./workflowGraph.ts";
import { judgeWorkflow } from "../../model/design/workflows/workflowProblems.ts";
import { workflowSource, type WorkflowSource } from "../../model/design/workflows/workflowSource.ts";

export interface Workflow {
  readonly source: WorkflowSource;
  readonly flow: WorkflowFlow | null;
  readonly states: readonly WorkflowState[];
  /** By the id of the innermost state that they are in; the empty id: of the whole. */
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
}

/** null: the design has no such machine. */
export function useWorkflow(machine: string): Workflow | null {
  const resource = useDesign((state) => state.design.resources.find((one) => one.id === machine));
  const template = useDesign((state) => state.document);
  // what files say comes by these two; `localText` reads them
  const documents = useDocuments((state) => state.documents);
  const texts = useLocalTexts((state) => state.texts);
  return useMemo(() => {
    if (resource === undefined || template === null) return null;
    const source = workflowSource(resource, template, localText);
    const flow = source.definition === null ? null : workflowGraph(source.definition);
    const states = flow === null ? [] : allStates(flow);
    const problems = new Map<string, Problem[]>();
    for (const { problem, steps } of judgeWorkflow(source, resource.id)) {
      const id = states.findLast((state) => state.steps.every((step, index) => steps[index] === step))?.id ?? "";
      problems.set(id, [...(problems.get(id) ?? []), problem]);
    }
    return { source, flow, states, problems };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the texts are read through localText
  }, [resource, template, documents, texts]);
}
