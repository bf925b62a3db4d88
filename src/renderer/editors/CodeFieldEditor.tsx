import { editor, KeyCode, KeyMod } from "monaco-editor/editor";
import { useEffect, useRef } from "react";
import type { CodeFieldProps } from "./CodeField.tsx";
import { completeModel } from "./monaco/completions.ts";
import { editorOptions } from "./monaco/monaco.ts";
import { t } from "../app/texts/texts.ts";

export function CodeFieldEditor({ label, language, value, onChange, onSubmit, isReadOnly, complete }: CodeFieldProps) {
  const host = useRef<HTMLDivElement>(null);
  const code = useRef<editor.IStandaloneCodeEditor | null>(null);
  /** Texts that the form has been told, from the one it showed last. */
  const told = useRef<string[]>([]);
  const isFilling = useRef(false);
  // Listeners live as long as the editor; what they call is the newest.
  const calls = useRef({ onChange, onSubmit, complete });
  calls.current = { onChange, onSubmit, complete };
  const isCompleted = complete !== undefined;

  useEffect(() => {
    if (host.current === null) return;
    const model = editor.createModel(value, language);
    const created = editor.create(host.current, {
      ...editorOptions,
      model,
      ariaLabel: label,
      // Typing over a selection replaces it, as in any other field.
      autoSurround: "never",
      fontSize: 11.5,
      lineHeight: 18,
      lineNumbers: "off",
      lineDecorationsWidth: 4,
      folding: true,
      readOnly: isReadOnly ?? false,
      renderLineHighlight: "none",
      wordWrap: "on",
      wordBasedSuggestions: "off",
      quickSuggestions: isCompleted ? { strings: "on", other: "on", comments: "off" } : false,
      suggestOnTriggerCharacters: isCompleted,
      overviewRulerLanes: 0,
      padding: { top: 6, bottom: 6 },
    });
    created.addAction({
      id: "contrail.submit",
      label: t("Send"),
      keybindings: [KeyMod.CtrlCmd | KeyCode.Enter],
      run: () => calls.current.onSubmit?.(),
    });
    model.onDidChangeContent(() => {
      if (isFilling.current) return;
      const text = model.getValue();
      told.current.push(text);
      calls.current.onChange?.(text);
    });
    if (isCompleted) completeModel(model, (text, offset) => calls.current.complete?.(text, offset) ?? []);
    code.current = created;
    return () => {
      code.current = null;
      created.dispose();
      model.dispose();
    };
    // Value, language and name are brought in below: making another editor takes longer than all else of a selection.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [isCompleted]);

  useEffect(() => {
    const model = code.current?.getModel();
    if (model) editor.setModelLanguage(model, language);
  }, [language]);
  useEffect(() => code.current?.updateOptions({ ariaLabel: label, readOnly: isReadOnly ?? false }), [label, isReadOnly]);

  useEffect(() => {
    // What was typed comes back as value, perhaps a few keystrokes late: only another text replaces what stands here.
    const at = told.current.indexOf(value);
    if (at >= 0) {
      told.current.splice(0, at);
      return;
    }
    told.current = [];
    const model = code.current?.getModel();
    if (!model || model.getValue() === value) return;
    isFilling.current = true;
    model.setValue(value);
    isFilling.current = false;
  }, [value]);

  return <div ref={host} className="nokey h-full w-full" />;
}
