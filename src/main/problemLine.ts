import type { Problem } from "../model/problem.ts";

/** In the form that editors and CI make links of; the rule at the end is what docs/problems.md lists. */
export function problemLine({ file, range, severity, message, rule }: Problem): string {
  return `${file}:${range?.start.line ?? 1}:${range?.start.column ?? 1} ${severity} ${message} [${rule}]`;
}

export function byPlace(a: Problem, b: Problem): number {
  return a.file.localeCompare(b.file) || (a.range?.start.offset ?? 0) - (b.range?.start.offset ?? 0);
}
