// The fixes of problems, offered at the place in the text (light bulb, Ctrl+.) as they are in the list.
import { editor, languages, MarkerSeverity, Range, type IRange } from "monaco-editor/editor";
import { applyFix, type Fix } from "../../app/applyFix.ts";
import { useDesign } from "../../app/stores/design.ts";
import { pathOf } from "./models.ts";
import { fixText } from "../../app/texts/words.ts";

const commandId = "contrail.applyFix";

export function registerQuickFixes(): void {
  editor.registerCommand(commandId, (_accessor: unknown, fix: Fix) => applyFix(fix));
  for (const language of ["yaml", "json"]) languages.registerCodeActionProvider(language, { provideCodeActions: fixesAt });
}

function fixesAt(model: editor.ITextModel, at: IRange): languages.CodeActionList {
  const file = pathOf(model.uri);
  const actions = useDesign.getState().problems.flatMap(({ file: of, fix, range, message, rule, severity }): languages.CodeAction[] => {
    if (of !== file || fix === undefined || range === undefined) return [];
    const { start, end } = range;
    const place = new Range(start.line, start.column, end.line, end.column);
    if (!Range.areIntersectingOrTouching(place, at)) return [];
    const marker = {
      severity: severity === "error" ? MarkerSeverity.Error : MarkerSeverity.Warning,
      message,
      source: rule,
      startLineNumber: start.line,
      startColumn: start.column,
      endLineNumber: end.line,
      endColumn: end.column,
    };
    const title = fixText(fix);
    const command = { id: commandId, title, arguments: [fix] };
    return [{ title, kind: "quickfix", diagnostics: [marker], isPreferred: true, command }];
  });
  return { actions, dispose() {} };
}
