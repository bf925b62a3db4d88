import { deriveDesign } from "../../model/design/derive.ts";
import { nestedProblems } from "../../model/design/nestedProblems.ts";
import { designProblems } from "../../model/design/rules.ts";
import { loadSchemas } from "../../model/schema/loadSchemas.ts";
import { byPlace, problemLine } from "../problemLine.ts";
import { loadTemplate, type TemplateOptions } from "./loadTemplate.ts";

/** Prints every problem of a project on a line of its own, in the form that editors and CI make links of. */
export async function check(target: string, options: TemplateOptions): Promise<void> {
  const { document, context, settings } = await loadTemplate(target, options);
  const whole = { ...context, schemas: await loadSchemas() };
  const design = deriveDesign(document, whole);
  const ofDesign = [...design.problems, ...designProblems(document, design, whole)];
  const problems = [...settings.problems, ...ofDesign, ...nestedProblems(document, whole)];
  for (const problem of problems.toSorted(byPlace)) console.log(problemLine(problem));
  if (problems.some((problem) => problem.severity === "error")) process.exitCode = 1;
}
