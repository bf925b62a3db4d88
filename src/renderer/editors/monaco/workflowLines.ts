// Marks the lines of the state that is selected in a workflow, in the file where it is written.
import { type editor, Range } from "monaco-editor/editor";
import { useMarkedState } from "../../workflow/stateText.ts";

export function markSelectedState(code: editor.IStandaloneCodeEditor, path: string): () => void {
  const marks = code.createDecorationsCollection();
  const show = (): void => {
    const { marked } = useMarkedState.getState();
    const place = marked?.source.file === path ? marked.source.placeOf(marked.steps) : undefined;
    if (place === undefined) {
      marks.clear();
      return;
    }
    const last = place.end.column === 1 && place.end.line > place.start.line ? place.end.line - 1 : place.end.line;
    const range = new Range(place.start.line, 1, last, 1);
    marks.set([{ range, options: { isWholeLine: true, className: "contrail-state-lines", overviewRuler: null } }]);
    code.revealRangeNearTopIfOutsideViewport(range);
  };
  show();
  const stop = useMarkedState.subscribe(show);
  return () => {
    stop();
    marks.clear();
  };
}
