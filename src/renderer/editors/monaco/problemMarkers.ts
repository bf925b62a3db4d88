import { editor, MarkerSeverity } from "monaco-editor/editor";
import type { Problem } from "../../../model/problem.ts";
import { problemText } from "../../app/texts/words.ts";

const severities = { error: MarkerSeverity.Error, warning: MarkerSeverity.Warning, info: MarkerSeverity.Info };

/** Underlines what the design's rules and the functions' builds found in this file. */
export function showProblems(model: editor.ITextModel, problems: readonly Problem[]): void {
  const markers = problems.map((problem) => {
    const { start, end } = problem.range ?? { start: { line: 1, column: 1 }, end: { line: 1, column: model.getLineMaxColumn(1) } };
    return {
      severity: severities[problem.severity],
      message: problemText(problem),
      source: problem.rule,
      startLineNumber: start.line,
      startColumn: start.column,
      endLineNumber: end.line,
      endColumn: end.line === start.line ? Math.max(end.column, start.column + 1) : end.column,
    };
  });
  editor.setModelMarkers(model, "contrail", markers);
}
