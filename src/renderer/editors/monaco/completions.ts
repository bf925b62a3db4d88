// Brings the completion of state machines' texts and fields to Monaco.
import { languages, Range, type editor } from "monaco-editor/editor";
import type { Suggestion } from "../../../model/asl/complete/suggestion.ts";
import type { TextCompletion } from "../completion.ts";

const completions = new WeakMap<editor.ITextModel, TextCompletion>();
/** Of models that are not fields of a form. */
const others: ((model: editor.ITextModel, text: string, offset: number) => readonly Suggestion[] | null)[] = [];
let isRegistered = false;

/** For as long as the model lives. */
export function completeModel(model: editor.ITextModel, complete: TextCompletion): void {
  register();
  completions.set(model, complete);
}

/** Asked about every other model; null: not one of its own. */
export function completeModels(complete: (model: editor.ITextModel, text: string, offset: number) => readonly Suggestion[] | null): void {
  register();
  others.push(complete);
}

function register(): void {
  if (isRegistered) return;
  isRegistered = true;
  for (const language of ["json", "yaml", "plaintext"]) {
    languages.registerCompletionItemProvider(language, {
      triggerCharacters: ["$", ".", '"', "%", "{", " "],
      provideCompletionItems: (model, position) => {
        const text = model.getValue();
        const offset = model.getOffsetAt(position);
        const own = completions.get(model)?.(text, offset);
        const suggestions = own ?? others.map((complete) => complete(model, text, offset)).find((found) => found !== null) ?? [];
        return { suggestions: suggestions.map((suggestion, index) => itemOf(model, suggestion, index)) };
      },
    });
  }
}

function itemOf(
  model: editor.ITextModel,
  { label, insert, from, to, kind, detail, help }: Suggestion,
  index: number,
): languages.CompletionItem {
  const start = model.getPositionAt(from);
  const end = model.getPositionAt(to);
  return {
    label: detail === undefined || detail === "" || kind === "function" ? label : { label, description: detail },
    kind: kinds[kind],
    insertText: insert,
    range: new Range(start.lineNumber, start.column, end.lineNumber, end.column),
    // in the order in which they come
    sortText: String(index).padStart(4, "0"),
    ...(detail === undefined ? {} : { detail }),
    ...(help === undefined ? {} : { documentation: help }),
  };
}

const kinds: Readonly<Record<Suggestion["kind"], languages.CompletionItemKind>> = {
  field: languages.CompletionItemKind.Field,
  variable: languages.CompletionItemKind.Variable,
  function: languages.CompletionItemKind.Function,
  path: languages.CompletionItemKind.Property,
  state: languages.CompletionItemKind.Reference,
  value: languages.CompletionItemKind.Value,
  resource: languages.CompletionItemKind.Module,
};
