import { designProblems } from "../../model/design/rules.ts";
import { loadSchemas } from "../../model/schema/loadSchemas.ts";
import { byPlace, problemLine } from "../problemLine.ts";
import { loadTemplate, type TemplateOptions } from "./loadTemplate.ts";

/** Prints every problem of a project on a line of its own, in the form that editors and CI make links of. */
export async function check(target: string, options: TemplateOptions): Promise<void> {
  const { document, context, settings, design } = await loadTemplate(target, options);
  const derived = design();
  const whole = { ...context, schemas: await loadSchemas() };
  const problems = [...settings.problems, ...derived.problems, ...designProblems(document, derived, whole)];
  for (const problem of problems.toSorted(byPlace)) console.log(problemLine(problem));
  if (problems.some((problem) => problem.severity === "error")) process.exitCode = 1;
}
