// A machine's definition as it is now, in the template or in its file, with what validation says of each state.
import { useLanguage } from "../app/texts/texts.ts";
import { useEffect, useMemo, useState } from "react";
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
  /** It takes no changes: the text cannot be read now, and this is the last that could; or it is read-only. */
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
  const workflow = useMemo(
    () => (resource === undefined || template === null ? null : knownWorkflow(resource, template, isBroken)),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the texts are read through localText
    [resource, template, isBroken, documents, texts],
  );
  const problems = useJudgement(workflow);
  return useMemo(() => workflow && { ...workflow, problems }, [workflow, problems]);
}

type Unjudged = Omit<Workflow, "problems"> & { readonly machine: string };
type Problems = Workflow["problems"];

/** The last of each machine: canvas, inspector and dock show the same. */
const known = new Map<
  string,
  { readonly of: readonly unknown[]; readonly read: ReadonlyMap<string, string | undefined>; readonly made: Unjudged }
>();

function knownWorkflow(resource: DesignResource, template: TemplateDocument, isBroken: boolean): Unjudged {
  const before = known.get(resource.id);
  // what stands at the ways are words of the language that is shown
  const of = [resource, template, isBroken, useLanguage.getState().language];
  const isSame = before?.of.every((one, index) => one === of[index]) && [...before.read].every(([path, text]) => localText(path) === text);
  if (before !== undefined && isSame === true) return before.made;
  const read = new Map<string, string | undefined>();
  const made = workflowOf(resource, template, isBroken, (path) => {
    const text = localText(path);
    read.set(path, text);
    return text;
  });
  known.set(resource.id, { of, read, made });
  return made;
}

function workflowOf(
  resource: DesignResource,
  template: TemplateDocument,
  isBroken: boolean,
  readText: (path: string) => string | undefined,
): Unjudged {
  const source = workflowSource(resource, template, readText);
  const now = source.definition === null ? null : workflowGraph(source.definition);
  // a template that does not parse leaves the design as it was, and with it an inline definition
  const isStale = now === null || source.readOnly !== null || (isBroken && source.file === template.path);
  const flow = now ?? lastGood.get(resource.id) ?? null;
  if (now !== null) lastGood.set(resource.id, now);
  return { machine: resource.id, source, flow, states: flow === null ? [] : allStates(flow), isStale };
}

/** More states than these are drawn first and judged then. */
const judgedAtOnce = 400;
const judgeAfterMilliseconds = 100;
const none: Problems = new Map();
const judgements = new WeakMap<Unjudged, Problems>();

function useJudgement(workflow: Unjudged | null): Problems {
  const [last, setLast] = useState(none);
  const isWaited = workflow !== null && workflow.states.length > judgedAtOnce && !judgements.has(workflow);
  useEffect(() => {
    if (workflow === null || !isWaited) return;
    const timer = setTimeout(() => setLast(judgementOf(workflow)), judgeAfterMilliseconds);
    return () => clearTimeout(timer);
  }, [workflow, isWaited]);
  if (workflow === null) return none;
  // until then what was said of the one before stands at the states
  return isWaited ? last : judgementOf(workflow);
}

function judgementOf(workflow: Unjudged): Problems {
  const judged = judgements.get(workflow);
  if (judged !== undefined) return judged;
  const { source, states, isStale, machine } = workflow;
  const problems = new Map<string, Problem[]>();
  for (const { problem, steps } of isStale && source.readOnly === null ? [] : judgeWorkflow(source, machine)) {
    const id = stateAt(states, steps)?.id ?? "";
    problems.set(id, [...(problems.get(id) ?? []), problem]);
  }
  judgements.set(workflow, problems);
  return problems;
}

/** The innermost state that a place of the definition is in. */
export function stateAt(states: readonly WorkflowState[], steps: Steps): WorkflowState | undefined {
  return states.findLast((state) => state.steps.every((step, index) => steps[index] === step));
}
