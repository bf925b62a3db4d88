import { editor, KeyCode, KeyMod, Range } from "monaco-editor/editor";
import { useEffect, useMemo, useRef, useState } from "react";
import { documentOf, saveDocument, useDocuments } from "../app/stores/documents.ts";
import { useProblems } from "../app/stores/problems.ts";
import { classes } from "../app/ui/classes.ts";
import { Breadcrumbs } from "./Breadcrumbs.tsx";
import { useComparing } from "./comparing.ts";
import { CompareEditor } from "./CompareEditor.tsx";
import { editorOptions } from "./monaco/monaco.ts";
import { followStoredTexts, modelOf } from "./monaco/models.ts";
import { registerAslCompletion } from "./monaco/aslCompletion.ts";
import { showProblems } from "./monaco/problemMarkers.ts";
import { registerQuickFixes } from "./monaco/quickFixes.ts";
import { linkWithCanvas } from "./monaco/templateSelection.ts";
import { registerTemplateLanguage } from "./monaco/templateLanguage.ts";
import { linkWithWorkflow } from "./monaco/workflowLines.ts";
import { openDefinitionsInTabs, startTypeScriptProject } from "./monaco/typescriptProject.ts";
import { revealInEditor, takeReveal, useReveal } from "./reveal.ts";

// For as long as the page lives: models outlast the editors that show them.
followStoredTexts();
startTypeScriptProject();
registerTemplateLanguage();
registerAslCompletion();
registerQuickFixes();
openDefinitionsInTabs((path, line, column) => revealInEditor({ path, line, column }));

/** Cursor and scroll position of files whose tab is not in front. */
const viewStates = new Map<string, editor.ICodeEditorViewState>();

export function CodeEditor({ path }: { path: string }) {
  const host = useRef<HTMLDivElement>(null);
  const [code, setCode] = useState<editor.IStandaloneCodeEditor | null>(null);
  const isComparing = useComparing((state) => state.path === path);
  const conflict = useDocuments((state) => state.documents[path]?.conflict ?? null);
  const isTemplate = useDocuments((state) => state.templatePath === path);
  const problems = useProblems();
  const ownProblems = useMemo(() => problems.filter((problem) => problem.file === path), [problems, path]);

  useEffect(() => {
    const document = documentOf(path);
    if (host.current === null || document === undefined) return;
    const model = modelOf(document);
    const created = editor.create(host.current, { ...editorOptions, model });
    const viewState = viewStates.get(path);
    if (viewState) created.restoreViewState(viewState);
    created.addCommand(KeyMod.CtrlCmd | KeyCode.KeyS, () => void saveDocument(path));
    setCode(created);
    return () => {
      const state = created.saveViewState();
      if (state) viewStates.set(path, state);
      setCode(null);
      created.dispose();
    };
  }, [path]);

  useEffect(() => {
    const model = code?.getModel();
    if (model) showProblems(model, ownProblems);
  }, [code, ownProblems]);

  useEffect(() => (code !== null && isTemplate ? linkWithCanvas(code) : undefined), [code, isTemplate]);
  useEffect(() => (code !== null ? linkWithWorkflow(code, path) : undefined), [code, path]);
  useEffect(() => {
    if (code === null) return;
    const show = (): void => reveal(code, path);
    show();
    return useReveal.subscribe(show);
  }, [code, path]);

  return (
    <div className="flex h-full min-h-0 flex-col bg-code">
      <div className="flex h-7 flex-none items-center border-b border-line pr-2">
        <Breadcrumbs path={path} code={code} isTemplate={isTemplate} />
      </div>
      {conflict !== null && isComparing && <CompareEditor path={path} onDisk={conflict.text} />}
      {/* nokey: the canvas beside it must not take the space bar as its own */}
      <div ref={host} className={classes("nokey", conflict !== null && isComparing ? "hidden" : "min-h-0 flex-1")} />
    </div>
  );
}

function reveal(code: editor.IStandaloneCodeEditor, path: string): void {
  const place = takeReveal(path);
  if (place === null) return;
  const { line, column, endLine, endColumn } = place;
  if (endLine === undefined) code.setPosition({ lineNumber: line, column });
  else code.setSelection(new Range(line, column, endLine, endColumn ?? column));
  code.revealRangeInCenterIfOutsideViewport(new Range(line, 1, endLine ?? line, 1));
  code.focus();
}
