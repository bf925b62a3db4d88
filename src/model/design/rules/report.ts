import type { Problem, TextRange } from "../../problem.ts";
import type { TemplateDocument } from "../../template/document.ts";
import type { Design, DesignCommand, TemplatePath } from "../design.ts";
import type { DesignContext, TemplateView } from "../view.ts";
import { english, said, verbatim, type Words } from "../../words.ts";

export interface CheckInput {
  readonly document: TemplateDocument;
  readonly design: Design;
  readonly view: TemplateView;
  readonly context: DesignContext;
  readonly report: Report;
}

export type Check = (input: CheckInput) => void;

export type Report = (finding: Finding) => void;

export interface Finding {
  readonly severity: Problem["severity"];
  readonly rule: string;
  readonly message: Words;
  /** The node it is about; where it is not written (absent, or inherited from Globals) the nearest that is. */
  readonly path: TemplatePath;
  /** key: only the node's key is marked, not all that it holds. */
  readonly part?: "key";
  readonly resource?: string;
  readonly fix?: { readonly title: Words; readonly command: DesignCommand };
}

const mostCharacters = 1_000;

/** Found by the service's definition, which words it better, and by the schema. */
const onceAPlace = new Set(["design.required-property", "design.not-a-choice", "design.unknown-property", "design.wrong-type"]);

/**
 * Gives findings their place in the text. What a false condition leaves out is not deployed, so nothing is said of it; and
 * what one rule has said of a place, another need not repeat.
 */
export function reporter(document: TemplateDocument, view: TemplateView, problems: Problem[]): Report {
  const told = new Set<string>();
  return ({ path, part, resource, fix, message, ...rest }) => {
    const id = resource ?? (path[0] === "Resources" && typeof path[1] === "string" ? path[1] : undefined);
    if (id !== undefined && view.resources.get(id)?.isDisabled) return;
    const range = placeOf(document, path, part);
    // What a loop makes has one place in the text.
    const place = range === undefined ? path : [range.start.offset, range.end.offset];
    const { rule } = rest;
    const what = ofLength(message);
    const key = [rule, onceAPlace.has(rule) ? "" : what.message, ...place].join("\n");
    if (told.has(key)) return;
    told.add(key);
    problems.push({
      ...rest,
      ...what,
      file: document.path,
      ...(range ? { range } : {}),
      ...(id === undefined ? {} : { resource: id }),
      ...(fix ? { fix: { title: english(fix.title), words: fix.title, command: fix.command } } : {}),
    });
  };
}

/** A message quotes what is written, which may be a page of its own. */
function ofLength(message: Words): ReturnType<typeof said> {
  const text = english(message);
  return text.length > mostCharacters ? said(verbatim(`${text.slice(0, mostCharacters)}…`)) : { message: text, words: message };
}

function placeOf(document: TemplateDocument, path: TemplatePath, part?: "key"): TextRange | undefined {
  const exact = document.rangeOf(path, part);
  if (exact && path.length > 2) return exact;
  for (let length = path.length; length > 0; length -= 1) {
    const range = document.rangeOf(path.slice(0, length), "key") ?? document.rangeOf(path.slice(0, length));
    if (range) return range;
  }
  return undefined;
}
