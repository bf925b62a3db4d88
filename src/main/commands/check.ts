import { deriveDesign } from "../../model/design/derive.ts";
import { type NestedTemplate, nestedTemplates } from "../../model/design/nested.ts";
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
  const problems = [
    ...settings.problems,
    ...problemsOf(document, whole),
    ...nestedTemplates(document, whole).flatMap((nested) => nestedProblems(nested)),
  ];
  for (const problem of problems.toSorted(byPlace)) console.log(problemLine(problem));
  if (problems.some((problem) => problem.severity === "error")) process.exitCode = 1;
}

/** Of the template, and of what its state machines do. */
function problemsOf(document: TemplateDocument, context: DesignContext): readonly Problem[] {
  const design = deriveDesign(document, context);
  const ofWorkflows = workflowProblems(design, document, (path) => context.readText?.(path));
  return [...design.problems, ...designProblems(document, design, context), ...ofWorkflows];
}

/** Files are told as they are seen from the project's folder. */
function nestedProblems({ file, document, context, isAnswered }: NestedTemplate): readonly Problem[] {
  const folder = file.slice(0, file.length - document.path.length);
  return problemsOf(document, context)
    .filter((problem) => !isAnswered(problem))
    .map((problem) => ({ ...problem, file: folder + problem.file }));
}
