// The workflow and its text point at the same state: selecting it there marks its lines here, the cursor here selects it there.
import { type editor, Range } from "monaco-editor/editor";
import { useMarkedState } from "../../workflow/stateText.ts";

/** Monaco's number for a change of the cursor that a person made. */
const EXPLICIT = 3;

export function linkWithWorkflow(code: editor.IStandaloneCodeEditor, path: string): () => void {
  const marks = code.createDecorationsCollection();
  let chosenHere: string | null = null;
  const show = (): void => {
    const { marked } = useMarkedState.getState();
    const steps = marked?.source.file === path ? marked.steps : null;
    const place = steps === null ? undefined : marked?.source.placeOf(steps);
    if (place === undefined) {
      marks.clear();
      return;
    }
    const last = place.end.column === 1 && place.end.line > place.start.line ? place.end.line - 1 : place.end.line;
    const range = new Range(place.start.line, 1, last, 1);
    marks.set([{ range, options: { isWholeLine: true, className: "contrail-state-lines", overviewRuler: null } }]);
    // whoever put the cursor there sees it already
    if (steps?.join() !== chosenHere) code.revealRangeNearTopIfOutsideViewport(range);
    chosenHere = null;
  };
  const listening = code.onDidChangeCursorPosition(({ reason, position }) => {
    const { marked } = useMarkedState.getState();
    if (reason !== EXPLICIT || !code.hasTextFocus() || marked?.source.file !== path) return;
    const steps = marked.source.stepsAt(position.lineNumber, position.column);
    if (steps === undefined) return;
    chosenHere = steps.slice(0, steps.lastIndexOf("States") + 2).join();
    marked.choose(steps);
  });
  show();
  const stop = useMarkedState.subscribe(show);
  return () => {
    stop();
    listening.dispose();
    marks.clear();
  };
}
