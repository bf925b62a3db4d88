import type { Problem } from "../model/problem.ts";

/** In the form that editors and CI make links of. */
export function problemLine({ file, range, severity, message }: Problem): string {
  return `${file}:${range?.start.line ?? 1}:${range?.start.column ?? 1} ${severity} ${message}`;
}

export function byPlace(a: Problem, b: Problem): number {
  return a.file.localeCompare(b.file) || (a.range?.start.offset ?? 0) - (b.range?.start.offset ?? 0);
}
