// template.yaml and the canvas point at the same resource: the cursor selects it there, selecting it there shows it here.
import { type editor, Range } from "monaco-editor/editor";
import type { TextRange } from "../../../model/problem.ts";
import { useDesign } from "../../app/stores/design.ts";
import { selectResources, useSelection } from "../../app/stores/selection.ts";

/** Monaco's number for a change of the cursor that a person made. */
const EXPLICIT = 3;

export function linkWithCanvas(code: editor.IStandaloneCodeEditor): () => void {
  const marks = code.createDecorationsCollection();
  let selectedHere: string | null = null;

  const show = (): void => {
    const { resources } = useSelection.getState();
    const id = resources.length === 1 ? (resources[0] ?? null) : null;
    const range = id === null ? undefined : rangeOf(id);
    if (range === undefined) {
      marks.clear();
      selectedHere = null;
      return;
    }
    marks.set([{ range, options: { isWholeLine: true, linesDecorationsClassName: "contrail-selected-resource", overviewRuler: null } }]);
    if (id !== selectedHere) code.revealRangeNearTopIfOutsideViewport(range);
    selectedHere = id;
  };

  const listening = code.onDidChangeCursorPosition((event) => {
    const isByPerson = event.reason === EXPLICIT && code.hasTextFocus();
    const model = code.getModel();
    if (!isByPerson || model === null) return;
    const path = useDesign.getState().document?.pathAt(model.getOffsetAt(event.position)) ?? [];
    const id = path[0] === "Resources" ? path[1] : undefined;
    if (typeof id !== "string" || useSelection.getState().resources[0] === id) return;
    selectedHere = id;
    selectResources([id]);
  });
  show();
  const stops = [useSelection.subscribe((state, before) => state.resources !== before.resources && show()), useDesign.subscribe(show)];
  return () => {
    stops.forEach((stop) => stop());
    listening.dispose();
    marks.clear();
  };
}

function rangeOf(id: string): Range | undefined {
  const range: TextRange | undefined = useDesign.getState().document?.rangeOf(["Resources", id]);
  if (range === undefined) return undefined;
  // A block that ends at a line's start does not cover that line.
  const lastLine = range.end.column === 1 && range.end.line > range.start.line ? range.end.line - 1 : range.end.line;
  return new Range(range.start.line, 1, lastLine, 1);
}
