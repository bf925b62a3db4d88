import type { Problem } from "../problem.ts";
import type { TemplateDocument } from "../template/document.ts";
import { deriveDesign } from "./derive.ts";
import { nestedTemplates } from "./nested.ts";
import { designProblems } from "./rules.ts";
import type { DesignContext } from "./view.ts";

/**
 * What is wrong inside nested stacks and what their state machines do, each at its own file as seen from the project's folder.
 * `resource` is the nested stack, which is what the project's design shows; a fix would change another template, so there is none.
 */
export function nestedProblems(document: TemplateDocument, context: DesignContext): readonly Problem[] {
  return nestedTemplates(document, context).flatMap((nested) => {
    const folder = nested.file.slice(0, nested.file.length - nested.document.path.length);
    const design = deriveDesign(nested.document, nested.context);
    return [...design.problems, ...designProblems(nested.document, design, nested.context)]
      .filter((problem) => !nested.isAnswered(problem))
      .map(({ severity, rule, message, words, file, range }): Problem => ({
        severity,
        rule,
        message,
        ...(words && { words }),
        file: folder + file,
        ...(range === undefined ? {} : { range }),
        resource: nested.stack,
      }));
  });
}
