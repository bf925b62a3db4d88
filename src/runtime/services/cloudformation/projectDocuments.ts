import { readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import type { Json } from "../../../model/json.ts";
import { parseTemplate } from "../../../model/template/parseTemplate.ts";

/** OpenAPI documents beside a template, as the transform asks for them. */
export interface ProjectDocuments {
  /** Paths asked for so far, relative to the project's folder, there or not: when one changes, the stack does. */
  readonly asked: ReadonlySet<string>;
  /** A YAML or JSON map by its path as the template writes it; undefined: not there, not readable, or not inside the folder. */
  read(written: string): Json | undefined;
}

/** Reads only below the project's folder, links followed: a template from elsewhere must not show other files. */
export function projectDocuments(projectDirectory: string | null): ProjectDocuments {
  const asked = new Set<string>();
  return {
    asked,
    read(written) {
      if (projectDirectory === null || written.includes("\0")) return undefined;
      const absolute = path.resolve(projectDirectory, written);
      if (!isBelow(projectDirectory, absolute)) return undefined;
      asked.add(path.relative(projectDirectory, absolute).split(path.sep).join("/"));
      const text = textBelow(projectDirectory, absolute);
      if (text === undefined) return undefined;
      const document = parseTemplate(text, absolute);
      return document.problems.some((problem) => problem.severity === "error") ? undefined : document.value;
    },
  };
}

function textBelow(directory: string, file: string): string | undefined {
  try {
    return isBelow(realpathSync(directory), realpathSync(file)) ? readFileSync(file, "utf8") : undefined;
  } catch {
    // The transform says which resource names it.
    return undefined;
  }
}

export function isBelow(directory: string, file: string): boolean {
  const relative = path.relative(directory, file);
  return relative !== "" && relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
