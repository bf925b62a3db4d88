// Everything that is wrong or doubtful in the project, wherever it was found: template, design, code, last deploy.
import { useMemo } from "react";
import type { Problem } from "../../../model/problem.ts";
import { useCanvasFile } from "./canvasFile.ts";
import { useDesign } from "./design.ts";
import { useProject } from "./project.ts";
import { gatherProblems } from "./gatherProblems.ts";
import { useRun } from "./run.ts";

const none: readonly Problem[] = [];

export function useProblems(): readonly Problem[] {
  const designProblems = useDesign((state) => state.problems);
  const canvasProblem = useCanvasFile((state) => state.problem);
  const run = useRun((state) => state.run);
  const settingsProblems = useProject((state) => state.project?.settingsProblems ?? none);
  const templatePath = useProject((state) => state.project?.templatePath ?? "");
  return useMemo(
    () => gatherProblems([...designProblems, ...settingsProblems], canvasProblem, run, templatePath),
    [designProblems, settingsProblems, canvasProblem, run, templatePath],
  );
}

/** Those of one resource, worst first. */
export function useProblemsOf(resourceId: string): readonly Problem[] {
  const problems = useProblems();
  return useMemo(() => problems.filter((problem) => problem.resource === resourceId), [problems, resourceId]);
}
