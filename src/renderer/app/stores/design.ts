// The design: derived here in the renderer from the template's text, so that the canvas follows every keystroke
// without asking the server. Changes are named commands on the template.
import { create } from "zustand";
import { applyCommand } from "../../../model/design/applyCommand.ts";
import type { Design, DesignCommand } from "../../../model/design/design.ts";
import { deriveDesign } from "../../../model/design/derive.ts";
import { nestedProblems } from "../../../model/design/nestedProblems.ts";
import { judgeDesign } from "../../../model/design/rules.ts";
import type { DesignContext } from "../../../model/design/view.ts";
import type { Problem } from "../../../model/problem.ts";
import type { ObservedCall } from "../../../model/run.ts";
import type { Project } from "../../../model/studioApi.ts";
import { loadSchemas } from "../../../model/schema/loadSchemas.ts";
import type { Schemas } from "../../../model/schema/schema.ts";
import type { TemplateDocument } from "../../../model/template/document.ts";
import { parseTemplate } from "../../../model/template/parseTemplate.ts";
import { definitionOf } from "../../../runtime/services/definitions.ts";
import { documentOf, onTravelled, replaceLastCommand, setTextByCommand, useDocuments } from "./documents.ts";
import { useHistory } from "./history.ts";
import { notify } from "./notices.ts";
import { areAwaited, followLocalTexts, localText, useLocalTexts } from "./localTexts.ts";
import { useProject } from "./project.ts";
import { useRun } from "./run.ts";
import { t } from "../texts/texts.ts";
import { messageOf } from "../texts/words.ts";

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
    title: t("The template does not parse"),
    detail: t("Mend {{path}} first; the canvas shows the last design that could be read.", { path }),
  }),
  gone: (path) => ({
    title: t("{{path}} is no longer on disk", { path }),
    detail: t("Write it again, or put it back; the canvas shows it as it was."),
  }),
  "not-text": (path) => ({
    title: t("{{path}} cannot be read as text", { path }),
    detail: t("It is binary, not UTF-8, or larger than 5 MB, and is left as it is. Put the template back; the canvas shows it as it was."),
  }),
};

const emptyDesign: Design = { resources: [], connections: [], problems: [] };

export const useDesign = create<DesignStore>(() => ({ document: null, design: emptyDesign, problems: [], trouble: null }));

/** Read after the window shows; until then properties are not checked. */
let schemas: Schemas | undefined;

/** What deriving and changing a design need besides the template. */
export function designContext(): DesignContext {
  const { project } = useProject.getState();
  return {
    definitionOf,
    parameters: project?.parameters ?? {},
    readText: localText,
    observed: observedCalls(),
    // of a longer list only the beginning is known, and a file that is not in it may be there all the same
    ...(project !== null && project.files.length < maxListedFiles ? { files: filePaths(project.files) } : {}),
    ...(schemas ? { schemas } : {}),
  };
}

/** The same list as long as it says the same: every message about the run brings it anew. */
let observed: { readonly key: string; readonly calls: readonly ObservedCall[] } = { key: "[]", calls: [] };

function observedCalls(): readonly ObservedCall[] {
  const { run } = useRun.getState();
  // a failed deploy takes back nothing that was seen
  if (run.type === "running") {
    const key = JSON.stringify(run.observed);
    if (key !== observed.key) observed = { key, calls: run.observed };
  } else if (run.type === "stopped" && observed.calls.length > 0) observed = { key: "[]", calls: [] };
  return observed.calls;
}

const maxListedFiles = 5_000;
let filePathsOf: { readonly files: Project["files"]; readonly paths: ReadonlySet<string> } | undefined;

function filePaths(files: Project["files"]): ReadonlySet<string> {
  if (filePathsOf?.files !== files) filePathsOf = { files, paths: new Set(files.map((file) => file.path)) };
  return filePathsOf.paths;
}

/** Applies commands as one undoable step. Says whether it could; if not, a notice has said why. */
export function changeDesign(label: string, ...commands: readonly DesignCommand[]): boolean {
  return change(label, commands, ({ path, text }) => setTextByCommand(path, text, label));
}

/** The same, in place of what the last step did. */
export function changeLastStep(label: string, ...commands: readonly DesignCommand[]): boolean {
  const last = useHistory.getState().past.at(-1);
  if (last === undefined) return false;
  const from = (now: TemplateDocument): TemplateDocument => parseTemplate(last.before.text, now.path);
  return change(label, commands, ({ path, text }) => replaceLastCommand(path, text, label), from);
}

function change(
  label: string,
  commands: readonly DesignCommand[],
  keep: (changed: TemplateDocument) => void,
  from = (now: TemplateDocument): TemplateDocument => now,
): boolean {
  derive();
  const { document, trouble } = useDesign.getState();
  if (document === null) return false;
  if (trouble !== null) {
    notify({ tone: "error", ...troubleWords[trouble](document.path) });
    return false;
  }
  try {
    keep(commands.reduce((before, command) => applyCommand(before, command, designContext()), from(document)));
    derive();
    return true;
  } catch (error) {
    notify({ tone: "error", title: t("{{label}} did not work", { label }), detail: messageOf(error) });
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
  const stops = [
    useDocuments.subscribe(ask),
    useProject.subscribe(ask),
    useRun.subscribe(ask),
    useLocalTexts.subscribe(ask),
    followLocalTexts(),
    // text and canvas are drawn together, in the same frame
    onTravelled(derive),
  ];
  void loadSchemas().then((loaded) => {
    schemas = loaded;
    derivedFrom = null;
    ask();
  });
  return () => stops.forEach((stop) => stop());
}

interface Source {
  readonly text: string;
  readonly parameters: unknown;
  readonly files: unknown;
  readonly observed: unknown;
  readonly trouble: TemplateTrouble | null;
  /** What was read of other files. */
  readonly texts: ReadonlyMap<string, string | undefined>;
}

let derivedFrom: Source | null = null;

function derive(): void {
  const { templatePath } = useDocuments.getState();
  const open = templatePath === null ? undefined : documentOf(templatePath);
  const { project } = useProject.getState();
  if (templatePath === null || open === undefined) {
    if (derivedFrom !== null) useDesign.setState({ document: null, design: emptyDesign, problems: [], trouble: null });
    derivedFrom = null;
    return;
  }
  const trouble: TemplateTrouble | null = open.isBinary ? "not-text" : open.version === null ? "gone" : null;
  const source = { text: open.text, parameters: project?.parameters, files: project?.files, observed: observedCalls(), trouble };
  if (derivedFrom !== null && isSame(derivedFrom, source)) return;
  const texts = new Map<string, string | undefined>();
  const readText = (path: string): string | undefined => {
    const text = localText(path);
    texts.set(path, text);
    return text;
  };
  derivedFrom = { ...source, texts };
  const context = { ...designContext(), readText };
  const document = parseTemplate(open.text, templatePath, useDesign.getState().document ?? undefined);
  if (document.problems.some((problem) => problem.severity === "error")) {
    useDesign.setState({ document, problems: document.problems, trouble: "unparsable" });
  } else {
    const design = deriveDesign(document, context);
    // cards are placed by the lines between them, once: the first design waits for the files that say some of these
    if (useDesign.getState().document === null && areAwaited(texts.keys())) {
      derivedFrom = null;
      return;
    }
    useDesign.setState({ document, design, trouble: null });
    judge(document, design, context);
  }
  if (trouble === null) return;
  const { title, detail } = troubleWords[trouble](templatePath);
  useDesign.setState({
    problems: [{ severity: "error", rule: `template.${trouble}`, message: `${title}. ${detail}`, file: templatePath }],
    trouble,
  });
}

/** While someone types or draws, the design is judged once, when it rests. */
const judgeAfterMilliseconds = 80;
/** Of a frame: what is pressed meanwhile is answered first. */
const judgeForMilliseconds = 6;
let judging = 0;

function judge(document: TemplateDocument, design: Design, context: DesignContext): void {
  judging += 1;
  const own = judging;
  const steps = judgeDesign(document, design, context);
  const goOn = (): void => {
    const now = useDesign.getState();
    // another has begun since, of another text or knowing more
    if (own !== judging || now.document !== document || now.trouble !== null) return;
    for (const until = performance.now() + judgeForMilliseconds; performance.now() < until;) {
      const { done, value } = steps.next();
      if (done !== true) continue;
      useDesign.setState({ problems: [...design.problems, ...value, ...nestedProblems(document, context)] });
      return;
    }
    setTimeout(goOn);
  };
  // not before the design is on the canvas, however long that took
  setTimeout(() => requestAnimationFrame(() => setTimeout(goOn)), judgeAfterMilliseconds);
}

function isSame(before: Source, now: Omit<Source, "texts">): boolean {
  return (
    before.text === now.text &&
    before.parameters === now.parameters &&
    before.files === now.files &&
    before.observed === now.observed &&
    before.trouble === now.trouble &&
    [...before.texts].every(([path, text]) => localText(path) === text)
  );
}
