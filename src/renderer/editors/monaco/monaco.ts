// Monaco with local workers, loaded as one chunk when the first editor opens. Everything else imports it from here.
import "monaco-editor/features/register.all";
import "monaco-editor/languages/definitions/javascript/register";
import "monaco-editor/languages/definitions/markdown/register";
import "monaco-editor/languages/definitions/python/register";
import "monaco-editor/languages/definitions/shell/register";
import "monaco-editor/languages/definitions/typescript/register";
import "monaco-editor/languages/definitions/yaml/register";
import "monaco-editor/languages/features/json/register";
// oxlint-disable import/default -- `?worker` makes a class of the file, which is the default export
import EditorWorker from "monaco-editor/editor/editor.worker?worker";
import JsonWorker from "monaco-editor/language/json/json.worker?worker";
import TypeScriptWorker from "monaco-editor/language/typescript/ts.worker?worker";
// oxlint-enable import/default
import { editor } from "monaco-editor/editor";
import "./monaco.css";
import { markFunctionCalls } from "./functionCalls.ts";
import { followTheme } from "./theme.ts";

self.MonacoEnvironment = {
  getWorker(_id, label) {
    if (label === "typescript" || label === "javascript") return new TypeScriptWorker();
    if (label === "json") return new JsonWorker();
    return new EditorWorker();
  },
};

markFunctionCalls();
followTheme();
// Widths measured before the bundled font has loaded put the cursor beside the letters.
void document.fonts.ready.then(() => editor.remeasureFonts());

/** What every editor of the Studio has in common. */
export const editorOptions = {
  automaticLayout: true,
  bracketPairColorization: { enabled: false },
  fixedOverflowWidgets: true,
  fontFamily: "var(--font-mono)",
  fontLigatures: false,
  fontSize: 12,
  guides: { indentation: true, highlightActiveIndentation: false },
  lineHeight: 20,
  lineNumbersMinChars: 4,
  minimap: { enabled: false },
  overviewRulerBorder: false,
  padding: { top: 8, bottom: 16 },
  renderLineHighlight: "line",
  renderLineHighlightOnlyWhenFocus: true,
  scrollBeyondLastLine: false,
  scrollbar: { horizontalScrollbarSize: 10, verticalScrollbarSize: 10, useShadows: false },
  stickyScroll: { enabled: false },
  tabSize: 2,
  // in a shadow root the context menu would know neither the Studio's colours nor its type
  useShadowDOM: false,
  unicodeHighlight: { ambiguousCharacters: false },
  wordBasedSuggestions: "currentDocument",
} satisfies editor.IStandaloneEditorConstructionOptions;

export function languageOf(path: string): string {
  const extension = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  return languages[extension] ?? "plaintext";
}

const languages: Readonly<Record<string, string>> = {
  ts: "typescript",
  mts: "typescript",
  cts: "typescript",
  tsx: "typescript",
  js: "javascript",
  mjs: "javascript",
  cjs: "javascript",
  jsx: "javascript",
  json: "json",
  yaml: "yaml",
  yml: "yaml",
  template: "yaml",
  py: "python",
  md: "markdown",
  sh: "shell",
};
