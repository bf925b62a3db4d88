// The design: derived here in the renderer from the template's text, so that the canvas follows every keystroke
// without asking the server. Changes are named commands on the template.
import { create } from "zustand";
import { applyCommand } from "../../../model/design/applyCommand.ts";
import type { Design, DesignCommand } from "../../../model/design/design.ts";
import { deriveDesign } from "../../../model/design/derive.ts";
import { designProblems } from "../../../model/design/rules.ts";
import type { DesignContext } from "../../../model/design/view.ts";
import type { Problem } from "../../../model/problem.ts";
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
  /** The text does not parse: the canvas shows the last good design and takes no changes. */
  isBroken: boolean;
}

const emptyDesign: Design = { resources: [], connections: [], problems: [] };

export const useDesign = create<DesignStore>(() => ({ document: null, design: emptyDesign, problems: [], isBroken: false }));

/** What deriving and changing a design need besides the template. */
export function designContext(): DesignContext {
  return { definitionOf, parameters: useProject.getState().project?.parameters ?? {} };
}

/** Applies commands as one undoable step. Says whether it could; if not, a notice has said why. */
export function changeDesign(label: string, ...commands: readonly DesignCommand[]): boolean {
  derive();
  const { document, isBroken } = useDesign.getState();
  if (document === null) return false;
  if (isBroken) {
    notify({
      tone: "error",
      title: "The template does not parse",
      detail: `Mend ${document.path} first; the canvas shows the last design that could be read.`,
    });
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
  return () => stops.forEach((stop) => stop());
}

let derivedFrom: { text: string; parameters: unknown } | null = null;

function derive(): void {
  const { templatePath } = useDocuments.getState();
  const text = templatePath === null ? undefined : documentOf(templatePath)?.text;
  const parameters = useProject.getState().project?.parameters;
  if (templatePath === null || text === undefined) {
    if (derivedFrom !== null) useDesign.setState({ document: null, design: emptyDesign, problems: [], isBroken: false });
    derivedFrom = null;
    return;
  }
  if (derivedFrom?.text === text && derivedFrom.parameters === parameters) return;
  derivedFrom = { text, parameters };
  const document = parseTemplate(text, templatePath, useDesign.getState().document ?? undefined);
  if (document.problems.some((problem) => problem.severity === "error")) {
    useDesign.setState({ document, problems: document.problems, isBroken: true });
    return;
  }
  const design = deriveDesign(document, designContext());
  useDesign.setState({
    document,
    design,
    problems: [...design.problems, ...designProblems(document, design, designContext())],
    isBroken: false,
  });
}
