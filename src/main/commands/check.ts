import { deriveDesign } from "../../model/design/derive.ts";
import { nestedProblems } from "../../model/design/nestedProblems.ts";
import { designProblems } from "../../model/design/rules.ts";
import type { DesignContext } from "../../model/design/view.ts";
import { workflowProblems } from "../../model/design/workflows/workflowProblems.ts";
import type { Problem } from "../../model/problem.ts";
import { loadSchemas } from "../../model/schema/loadSchemas.ts";
import type { TemplateDocument } from "../../model/template/document.ts";
import { byPlace, problemLine } from "../problemLine.ts";
import { loadTemplate, type TemplateOptions } from "./loadTemplate.ts";

/** Prints every problem of a project on a line of its own, in the form that editors and CI make links of. */
export async function check(target: string, options: TemplateOptions): Promise<void> {
  const { document, context, settings } = await loadTemplate(target, options);
  const whole = { ...context, schemas: await loadSchemas() };
  const problems = [...settings.problems, ...problemsOf(document, whole), ...nestedProblems(document, whole)];
  for (const problem of problems.toSorted(byPlace)) console.log(problemLine(problem));
  if (problems.some((problem) => problem.severity === "error")) process.exitCode = 1;
}

/** Of the template, and of what its state machines do. */
function problemsOf(document: TemplateDocument, context: DesignContext): readonly Problem[] {
  const design = deriveDesign(document, context);
  const ofWorkflows = workflowProblems(design, document, (path) => context.readText?.(path));
  return [...design.problems, ...designProblems(document, design, context), ...ofWorkflows];
}
