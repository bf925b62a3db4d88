// One Monaco model per open document, in step with the documents store both ways.
import { editor, Range, Uri } from "monaco-editor/editor";
import { documentOf, setText, useDocuments, type OpenDocument } from "../../app/stores/documents.ts";
import { lineEdits, linesIn, withEndingsOf } from "../textEdits.ts";
import { languageOf } from "./monaco.ts";

const scheme = "file";
/** Text that the store is known to have: differs from the model's only while one of the two is ahead. */
const storedTexts = new Map<string, string>();
let isApplyingStore = false;

export function uriOf(path: string): Uri {
  return Uri.from({ scheme, path: `/${path}` });
}

export function pathOf(uri: Uri): string {
  return uri.path.slice(1);
}

/** The model of an open document, made at its first use. */
export function modelOf(document: OpenDocument): editor.ITextModel {
  const existing = editor.getModel(uriOf(document.path));
  const model = existing ?? editor.createModel(document.text, languageOf(document.path), uriOf(document.path));
  if (!storedTexts.has(document.path)) {
    if (existing !== null && existing.getValue() !== document.text) applyText(existing, document.text);
    storedTexts.set(document.path, document.text);
    model.onDidChangeContent(() => {
      const path = pathOf(model.uri);
      if (isApplyingStore || documentOf(path) === undefined) return;
      const text = withEndingsOf(storedTexts.get(path) ?? "", model.getLinesContent(), model.getEOL());
      storedTexts.set(path, text);
      setText(path, text);
    });
    model.onWillDispose(() => storedTexts.delete(document.path));
  }
  return model;
}

/** Brings models up to what the store says: changes from the canvas, from disk, by undo. */
export function followStoredTexts(): () => void {
  return useDocuments.subscribe(({ documents }, before) => {
    if (documents === before.documents) return;
    for (const [path, stored] of storedTexts) {
      const document = documents[path];
      if (document === undefined) closeModel(path);
      else if (document.text !== stored) {
        storedTexts.set(path, document.text);
        const model = editor.getModel(uriOf(path));
        if (model !== null) applyText(model, document.text);
      }
    }
  });
}

/** A closed document's model goes back to what is on disk: other files may still import it. */
function closeModel(path: string): void {
  storedTexts.delete(path);
  editor.getModel(uriOf(path))?.dispose();
}

/** Changes only the lines that differ, as one step of the editor's own undo. */
export function applyText(model: editor.ITextModel, text: string): void {
  const lines = linesIn(text);
  const edits = lineEdits(model.getLinesContent(), lines);
  if (edits.length === 0) return;
  isApplyingStore = true;
  try {
    model.pushStackElement();
    model.pushEditOperations(
      [],
      edits.map((edit) => operation(model, edit.from, edit.to, edit.lines)),
      () => null,
    );
    model.pushStackElement();
  } finally {
    isApplyingStore = false;
  }
}

function operation(model: editor.ITextModel, from: number, to: number, lines: readonly string[]): editor.IIdentifiedSingleEditOperation {
  const eol = model.getEOL();
  const lastLine = model.getLineCount();
  const text = lines.join(eol);
  if (to === from) {
    // Insertion before line `from`, or behind the last one.
    if (from < lastLine) return { range: new Range(from + 1, 1, from + 1, 1), text: text + eol };
    const column = model.getLineMaxColumn(lastLine);
    return { range: new Range(lastLine, column, lastLine, column), text: eol + text };
  }
  if (lines.length > 0) return { range: new Range(from + 1, 1, to, model.getLineMaxColumn(to)), text };
  if (to < lastLine) return { range: new Range(from + 1, 1, to + 1, 1), text: "" };
  const begin =
    from === 0
      ? new Range(1, 1, lastLine, model.getLineMaxColumn(lastLine))
      : new Range(from, model.getLineMaxColumn(from), lastLine, model.getLineMaxColumn(lastLine));
  return { range: begin, text: "" };
}
