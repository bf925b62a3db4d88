import { readFile } from "node:fs/promises";
import path from "node:path";
import { deriveDesign } from "../../model/design/derive.ts";
import { designProblems } from "../../model/design/rules.ts";
import { parseTemplate } from "../../model/template/parseTemplate.ts";
import { definitionOf } from "../../runtime/services/definitions.ts";
import { listProjectFiles } from "../project/files.ts";
import { byPlace, problemLine } from "../problemLine.ts";
import { locateProject, stackNameFor } from "../project/project.ts";

interface CheckOptions {
  readonly parameter: Record<string, string>;
}

/** Prints every problem of a project on a line of its own, in the form that editors and CI make links of. */
export async function check(target: string, options: CheckOptions): Promise<void> {
  const location = await locateProject(target);
  const text = await readFile(path.join(location.directory, location.templatePath), "utf8");
  const document = parseTemplate(text, location.templatePath);
  const files = new Set((await listProjectFiles(location.directory)).map((file) => file.path));
  const context = { definitionOf, parameters: options.parameter, stackName: stackNameFor(location.directory), files };
  const design = deriveDesign(document, context);
  const problems = [...design.problems, ...designProblems(document, design, context)];
  for (const problem of problems.toSorted(byPlace)) console.log(problemLine(problem));
  if (problems.some((problem) => problem.severity === "error")) process.exitCode = 1;
}
