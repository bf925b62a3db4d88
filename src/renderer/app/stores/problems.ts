// Everything that is wrong or doubtful in the project, wherever it was found: template, design, code, last deploy.
import { useMemo } from "react";
import type { Design } from "../../../model/design/design.ts";
import type { Problem } from "../../../model/problem.ts";
import type { TemplateDocument } from "../../../model/template/document.ts";
import { useCanvasFile } from "./canvasFile.ts";
import { useDesign } from "./design.ts";
import { localText, useLocalTexts } from "./localTexts.ts";
import { workflowProblems } from "../../../model/design/workflows/workflowProblems.ts";
import { useProject } from "./project.ts";
import { useRun, type Run } from "./run.ts";

const none: readonly Problem[] = [];
const severityOrder = { error: 0, warning: 1, info: 2 };

export function useProblems(): readonly Problem[] {
  const designProblems = useDesign((state) => state.problems);
  const canvasProblem = useCanvasFile((state) => state.problem);
  const { design, document } = useDesign();
  const texts = useLocalTexts((state) => state.texts);
  const run = useRun((state) => state.run);
  const settingsProblems = useProject((state) => state.project?.settingsProblems ?? none);
  const ofWorkflows = useMemo(() => (document === null ? none : judgedOnce(design, document, texts)), [design, document, texts]);
  return useMemo(
    () => gather([...designProblems, ...ofWorkflows, ...settingsProblems], canvasProblem, run),
    [designProblems, ofWorkflows, settingsProblems, canvasProblem, run],
  );
}

/** Many parts of the Studio ask at the same time. */
let judged: { readonly of: readonly unknown[]; readonly problems: readonly Problem[] } | undefined;

/** `texts`: what `localText` reads from; other texts, other problems. */
function judgedOnce(design: Design, document: TemplateDocument, texts: unknown): readonly Problem[] {
  const of = [design, document, texts];
  if (judged?.of.every((one, index) => one === of[index]) !== true)
    judged = { of, problems: workflowProblems(design, document, localText) };
  return judged.problems;
}

/** Those of one resource, worst first. */
export function useProblemsOf(resourceId: string): readonly Problem[] {
  const problems = useProblems();
  return useMemo(() => problems.filter((problem) => problem.resource === resourceId), [problems, resourceId]);
}

function gather(design: readonly Problem[], canvas: Problem | null, run: Run["run"]): readonly Problem[] {
  // What does not build in the functions' code is among these, and goes when it is mended. What is not run is marked on each resource.
  const ofRun = run.type === "running" || run.type === "failed" ? run.problems.filter((problem) => problem.rule !== "deploy.not-run") : [];
  // What keeps it from starting at all (its data folder is in use, a port is taken) stands nowhere in the template.
  const isUnsaid = run.type === "failed" && !ofRun.some(({ severity }) => severity === "error");
  const ofStart: readonly Problem[] = isUnsaid
    ? [{ severity: "error", rule: "deploy.failed", message: run.message, file: useProject.getState().project?.templatePath ?? "" }]
    : [];
  // A deploy reports again what the design says already, and may point at another part of the same line; what it fails by is an error.
  const said = new Set(design.map(saying));
  const fatal = new Set(ofRun.filter(({ severity }) => severity === "error").map(saying));
  const all = [
    ...design.map((problem): Problem => (fatal.has(saying(problem)) ? { ...problem, severity: "error" } : problem)),
    ...ofStart,
    ...(canvas === null ? [] : [canvas]),
    ...ofRun.filter((problem) => !said.has(saying(problem))),
  ];
  const unique = new Map(all.map((problem) => [`${saying(problem)} ${problem.range?.start.offset}`, problem]));
  return [...unique.values()].sort((a, b) => severityOrder[a.severity] - severityOrder[b.severity]);
}

function saying({ rule, file, resource, message }: Problem): string {
  return `${rule} ${file} ${resource} ${message}`;
}
