import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { Problem } from "../../model/problem.ts";
import { applyFix } from "../app/applyFix.ts";
import { Button } from "../app/ui/Button.tsx";
import { EmptyState } from "../app/ui/EmptyState.tsx";
import { revealInEditor } from "../editors/reveal.ts";
import { t } from "../app/texts/texts.ts";
import { fixText, problemText } from "../app/texts/words.ts";

const icons = {
  error: <CircleAlert size={14} className="text-error" />,
  warning: <TriangleAlert size={14} className="text-throttled" />,
  info: <Info size={14} className="text-accent" />,
};

export function ResourceProblems({ problems }: { problems: readonly Problem[] }) {
  if (problems.length === 0) {
    return (
      <EmptyState icon={<CircleCheck size={18} className="text-ok" />} title={t("No problems")}>
        {t("Template, design rules and code of this resource are fine.")}
      </EmptyState>
    );
  }
  return (
    <ul className="flex flex-col">
      {problems.map(({ fix, ...problem }, index) => (
        <li key={index} className="flex gap-2 border-b border-line px-3 py-2">
          <span className="pt-px">{icons[problem.severity]}</span>
          <div className="min-w-0 flex-1">
            <p data-selectable className="break-words">
              {problemText(problem)}
            </p>
            <div className="mt-1 flex items-center gap-2">
              <button
                type="button"
                className="truncate font-mono text-xs text-fg-3 hover:text-accent"
                onClick={() =>
                  revealInEditor(
                    { path: problem.file, line: problem.range?.start.line ?? 1, column: problem.range?.start.column ?? 1 },
                    { beside: true },
                  )
                }
              >
                {problem.file}
                {problem.range !== undefined && `:${problem.range.start.line}`}
              </button>
              {fix !== undefined && (
                <Button size="compact" className="ml-auto" onClick={() => applyFix(fix)}>
                  {fixText(fix)}
                </Button>
              )}
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}
