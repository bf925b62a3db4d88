// One list of what was found in several places, where a deploy repeats what the design says already.
import type { Problem } from "../../../model/problem.ts";
import type { Run } from "./run.ts";

const severityOrder = { error: 0, warning: 1, info: 2 };

export function gatherProblems(
  design: readonly Problem[],
  canvas: Problem | null,
  run: Run["run"],
  templatePath: string,
): readonly Problem[] {
  // What does not build in the functions' code is among these, and goes when it is mended. What is not run is marked on each resource.
  const ofRun = run.type === "running" || run.type === "failed" ? run.problems.filter((problem) => problem.rule !== "deploy.not-run") : [];
  // What keeps it from starting at all (its data folder is in use, a port is taken) stands nowhere in the template.
  const isUnsaid = run.type === "failed" && !ofRun.some(({ severity }) => severity === "error");
  const ofStart: readonly Problem[] = isUnsaid
    ? [{ severity: "error", rule: "deploy.failed", message: run.message, ...(run.words && { words: run.words }), file: templatePath }]
    : [];
  // A deploy reports again what the design says already, and may point at another part of the same line; what it fails by is an error.
  const said = new Set(design.map(saying));
  const fatal = new Set(ofRun.filter(({ severity }) => severity === "error").map(saying));
  const all = [
    ...design.map((problem): Problem => (fatal.has(saying(problem)) ? { ...problem, severity: "error" } : problem)),
    ...ofStart,
    ...(canvas === null ? [] : [canvas]),
    ...ofRun.filter((problem) => !said.has(saying(problem)) && !quotes(problem, design) && !isNameless(problem, design)),
  ];
  const unique = new Map(all.map((problem) => [`${saying(problem)} ${problem.range?.start.offset}`, problem]));
  return [...unique.values()].sort((a, b) => severityOrder[a.severity] - severityOrder[b.severity]);
}

/** A machine that AWS would not create fails by a list of what is said already, each at its own line. */
function quotes({ rule, resource, message }: Problem, design: readonly Problem[]): boolean {
  const ofWorkflow = design.filter((problem) => problem.resource === resource && problem.rule.startsWith("workflow."));
  return rule === "deploy.failed" && ofWorkflow.some((problem) => message.includes(problem.message.replace(/ \(at [^)]*\)$/, "")));
}

/** A name that is nowhere, which the design words better. */
function isNameless({ rule, file, range }: Problem, design: readonly Problem[]): boolean {
  const isThere = (said: Problem): boolean => said.file === file && said.range?.start.line === range?.start.line;
  return rule === "template.missing-reference" && design.some((said) => said.rule === "design.unknown-reference" && isThere(said));
}

function saying({ rule, file, resource, message }: Problem): string {
  return `${rule} ${file} ${resource} ${message}`;
}
