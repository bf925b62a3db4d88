// The design: derived here in the renderer from the template's text, so that the canvas follows every keystroke
// without asking the server. Changes are named commands on the template.
import { create } from "zustand";
import { applyCommand } from "../../../model/design/applyCommand.ts";
import type { Design, DesignCommand } from "../../../model/design/design.ts";
import { deriveDesign } from "../../../model/design/derive.ts";
import { designProblems } from "../../../model/design/rules.ts";
import type { DesignContext } from "../../../model/design/view.ts";
import type { Problem } from "../../../model/problem.ts";
import { loadSchemas } from "../../../model/schema/loadSchemas.ts";
import type { Schemas } from "../../../model/schema/schema.ts";
import type { TemplateDocument } from "../../../model/template/document.ts";
import { parseTemplate } from "../../../model/template/parseTemplate.ts";
import { definitionOf } from "../../../runtime/services/definitions.ts";
import { messageOf } from "../api.ts";
import { documentOf, setTextByCommand, useDocuments } from "./documents.ts";
import { notify } from "./notices.ts";
import { useProject } from "./project.ts";

export interface DesignStore {
  /** null until a project is open. */
  document: TemplateDocument | null;
  /** Of the last template that could be read. */
  design: Design;
  problems: readonly Problem[];
  /** Why the canvas shows the last good design and takes no changes; null: it shows the template as it is. */
  trouble: TemplateTrouble | null;
}

/** unparsable: see `problems` · gone: no longer on disk · not-text: something else stands in its place */
export type TemplateTrouble = "unparsable" | "gone" | "not-text";

const troubleWords: Record<TemplateTrouble, (path: string) => { readonly title: string; readonly detail: string }> = {
  unparsable: (path) => ({
    title: "The template does not parse",
    detail: `Mend ${path} first; the canvas shows the last design that could be read.`,
  }),
  gone: (path) => ({ title: `${path} is no longer on disk`, detail: "Write it again, or put it back; the canvas shows it as it was." }),
  "not-text": (path) => ({
    title: `${path} is not text any more`,
    detail: "What is on disk is left as it is. Put the template back; the canvas shows it as it was.",
  }),
};

const emptyDesign: Design = { resources: [], connections: [], problems: [] };

export const useDesign = create<DesignStore>(() => ({ document: null, design: emptyDesign, problems: [], trouble: null }));

/** Read after the window shows; until then properties are not checked. */
let schemas: Schemas | undefined;

/** What deriving and changing a design need besides the template. */
export function designContext(): DesignContext {
  return { definitionOf, parameters: useProject.getState().project?.parameters ?? {}, ...(schemas ? { schemas } : {}) };
}

/** Applies commands as one undoable step. Says whether it could; if not, a notice has said why. */
export function changeDesign(label: string, ...commands: readonly DesignCommand[]): boolean {
  derive();
  const { document, trouble } = useDesign.getState();
  if (document === null) return false;
  if (trouble !== null) {
    notify({ tone: "error", ...troubleWords[trouble](document.path) });
    return false;
  }
  try {
    const changed = commands.reduce((before, command) => applyCommand(before, command, designContext()), document);
    setTextByCommand(document.path, changed.text, label);
    derive();
    return true;
  } catch (error) {
    notify({ tone: "error", title: `${label} did not work`, detail: messageOf(error) });
    return false;
  }
}

/** Follows the template's text and the parameters; typing is derived once per frame. */
export function followDesign(): () => void {
  let isAsked = false;
  const ask = (): void => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      derive();
    });
  };
  const stops = [useDocuments.subscribe(ask), useProject.subscribe(ask)];
  void loadSchemas().then((loaded) => {
    schemas = loaded;
    derivedFrom = null;
    ask();
  });
  return () => stops.forEach((stop) => stop());
}

let derivedFrom: { text: string; parameters: unknown; trouble: TemplateTrouble | null } | null = null;

function derive(): void {
  const { templatePath } = useDocuments.getState();
  const open = templatePath === null ? undefined : documentOf(templatePath);
  const text = open?.text;
  const parameters = useProject.getState().project?.parameters;
  if (templatePath === null || text === undefined) {
    if (derivedFrom !== null) useDesign.setState({ document: null, design: emptyDesign, problems: [], trouble: null });
    derivedFrom = null;
    return;
  }
  const trouble = open?.isBinary === true ? "not-text" : open?.version === null ? "gone" : null;
  if (derivedFrom?.text === text && derivedFrom.parameters === parameters && derivedFrom.trouble === trouble) return;
  derivedFrom = { text, parameters, trouble };
  if (trouble !== null) {
    const { title, detail } = troubleWords[trouble](templatePath);
    const problem: Problem = { severity: "error", rule: `template.${trouble}`, message: `${title}. ${detail}`, file: templatePath };
    useDesign.setState({ problems: [problem], trouble });
    return;
  }
  const document = parseTemplate(text, templatePath, useDesign.getState().document ?? undefined);
  if (document.problems.some((problem) => problem.severity === "error")) {
    useDesign.setState({ document, problems: document.problems, trouble: "unparsable" });
    return;
  }
  const design = deriveDesign(document, designContext());
  useDesign.setState({
    document,
    design,
    problems: [...design.problems, ...designProblems(document, design, designContext())],
    trouble: null,
  });
}
