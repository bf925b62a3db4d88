// A machine's definition as it is now, in the template or in its file, with what validation says of each state.
import { useMemo } from "react";
import type { Steps } from "../../model/asl/commands/command.ts";
import type { DesignResource } from "../../model/design/design.ts";
import type { Problem } from "../../model/problem.ts";
import type { TemplateDocument } from "../../model/template/document.ts";
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
  /** The text cannot be read now: this is the last that could, and takes no changes. */
  readonly isStale: boolean;
}

/** Of each machine the last definition that could be read, while the Studio is open. */
const lastGood = new Map<string, WorkflowFlow>();

/** null: the design has no such machine. */
export function useWorkflow(machine: string): Workflow | null {
  const resource = useDesign((state) => state.design.resources.find((one) => one.id === machine));
  const template = useDesign((state) => state.document);
  const isBroken = useDesign((state) => state.trouble !== null);
  // what files say comes by these two; `localText` reads them
  const documents = useDocuments((state) => state.documents);
  const texts = useLocalTexts((state) => state.texts);
  return useMemo(
    () => (resource === undefined || template === null ? null : workflowOf(resource, template, isBroken)),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the texts are read through localText
    [resource, template, isBroken, documents, texts],
  );
}

function workflowOf(resource: DesignResource, template: TemplateDocument, isBroken: boolean): Workflow {
  const source = workflowSource(resource, template, localText);
  const now = source.definition === null ? null : workflowGraph(source.definition);
  // a template that does not parse leaves the design as it was, and with it an inline definition
  const isStale = now === null || (isBroken && source.file === template.path);
  const flow = now ?? lastGood.get(resource.id) ?? null;
  if (now !== null) lastGood.set(resource.id, now);
  const states = flow === null ? [] : allStates(flow);
  const problems = new Map<string, Problem[]>();
  for (const { problem, steps } of isStale ? [] : judgeWorkflow(source, resource.id)) {
    const id = stateAt(states, steps)?.id ?? "";
    problems.set(id, [...(problems.get(id) ?? []), problem]);
  }
  return { source, flow, states, problems, isStale };
}

/** The innermost state that a place of the definition is in. */
export function stateAt(states: readonly WorkflowState[], steps: Steps): WorkflowState | undefined {
  return states.findLast((state) => state.steps.every((step, index) => steps[index] === step));
}
