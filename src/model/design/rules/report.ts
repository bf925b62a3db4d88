import type { Problem, TextRange } from "../../problem.ts";
import type { TemplateDocument } from "../../template/document.ts";
import type { Design, DesignCommand, TemplatePath } from "../design.ts";
import type { DesignContext, TemplateView } from "../view.ts";

export interface CheckInput {
  readonly document: TemplateDocument;
  readonly design: Design;
  readonly view: TemplateView;
  readonly context: DesignContext;
  readonly report: Report;
}

export type Check = (input: CheckInput) => void;

export type Report = (finding: {
  readonly severity: Problem["severity"];
  readonly rule: string;
  readonly message: string;
  /** The node it is about; where it is not written (absent, or inherited from Globals) the nearest that is. */
  readonly path: TemplatePath;
  readonly resource?: string;
  readonly fix?: { readonly title: string; readonly command: DesignCommand };
}) => void;

/** Gives findings their place in the text. What a false condition leaves out is not deployed, so nothing is said of it. */
export function reporter(document: TemplateDocument, view: TemplateView, problems: Problem[]): Report {
  return ({ path, resource, fix, ...said }) => {
    const id = resource ?? (path[0] === "Resources" && typeof path[1] === "string" ? path[1] : undefined);
    if (id !== undefined && view.resources.get(id)?.isDisabled) return;
    const range = placeOf(document, path);
    problems.push({
      ...said,
      file: document.path,
      ...(range ? { range } : {}),
      ...(id === undefined ? {} : { resource: id }),
      ...(fix ? { fix } : {}),
    });
  };
}

function placeOf(document: TemplateDocument, path: TemplatePath): TextRange | undefined {
  const exact = document.rangeOf(path);
  if (exact && path.length > 2) return exact;
  for (let length = path.length; length > 0; length -= 1) {
    const range = document.rangeOf(path.slice(0, length), "key") ?? document.rangeOf(path.slice(0, length));
    if (range) return range;
  }
  return undefined;
}
