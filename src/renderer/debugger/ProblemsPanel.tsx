import { CircleAlert, CircleCheck, Info, SlidersHorizontal, TriangleAlert, Wrench } from "lucide-react";
import { useMemo, useRef, type KeyboardEvent } from "react";
import type { Problem } from "../../model/problem.ts";
import { showDialog } from "../app/stores/dialogs.ts";
import { applyFix } from "../app/applyFix.ts";
import { useProblems } from "../app/stores/problems.ts";
import { selectResources } from "../app/stores/selection.ts";
import { Button } from "../app/ui/Button.tsx";
import { EmptyState } from "../app/ui/EmptyState.tsx";
import { Count } from "../app/ui/Tabs.tsx";
import { revealInEditor } from "../editors/reveal.ts";
import { perLanguage, t } from "../app/texts/texts.ts";
import { fixText, problemText } from "../app/texts/words.ts";

const icons = perLanguage(() => ({
  error: <CircleAlert size={13} className="flex-none text-error" aria-label={t("Error")} />,
  warning: <TriangleAlert size={13} className="flex-none text-throttled" aria-label={t("Warning")} />,
  info: <Info size={13} className="flex-none text-accent" aria-label={t("Note")} />,
}));

/** Everything that is wrong or doubtful, by file; a click goes there, a fix button mends it. */
export function ProblemsPanel() {
  const problems = useProblems();
  const files = useMemo(() => [...Map.groupBy(problems, (problem) => problem.file)], [problems]);
  const list = useRef<HTMLDivElement>(null);

  if (problems.length === 0) {
    return (
      <EmptyState icon={<CircleCheck size={18} className="text-ok" />} title={t("No problems")}>
        {t(
          "The template parses, its references resolve and every function builds. What is wrong later is listed here, with the line and, where there is one, a fix.",
        )}
      </EmptyState>
    );
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const rows = [...(list.current?.querySelectorAll<HTMLElement>("[data-problem]") ?? [])];
    const at = rows.findIndex((row) => row === document.activeElement);
    rows[Math.max(0, Math.min(rows.length - 1, at + step))]?.focus();
  };
  return (
    <div ref={list} onKeyDown={onKeyDown} className="h-full overflow-auto py-1">
      {files.map(([file, ofFile]) => (
        <section key={file} aria-label={file} className="pb-1">
          <h3 className="flex h-6 items-center gap-2 px-3 font-medium">
            {file}
            <Count value={ofFile.length} isError={ofFile.some((problem) => problem.severity === "error")} />
          </h3>
          {ofFile.map((problem, at) => (
            <ProblemRow key={`${problem.rule} ${at}`} problem={problem} />
          ))}
        </section>
      ))}
    </div>
  );
}

function ProblemRow({ problem }: { problem: Problem }) {
  const { range, fix } = problem;
  const show = (): void => {
    if (problem.resource !== undefined) selectResources([problem.resource], { reveal: true });
    const start = range?.start ?? { line: 1, column: 1 };
    revealInEditor({
      path: problem.file,
      line: start.line,
      column: start.column,
      ...(range === undefined ? {} : { endLine: range.end.line, endColumn: range.end.column }),
    });
  };
  return (
    <div className="group/problem relative flex min-h-6 items-start gap-2 pr-3 pl-6 hover:bg-hover">
      {/* the whole row is its target: the place stands last, in line with the others, whatever buttons a row has */}
      <button
        type="button"
        data-problem
        onClick={show}
        className="flex min-w-0 flex-1 items-start gap-2 rounded-sm py-[3px] text-left after:absolute after:inset-0"
      >
        <span className="pt-0.5">{icons()[problem.severity]}</span>
        <span className="min-w-0">{problemText(problem)}</span>
      </button>
      {isAboutValues(problem) && (
        <Button size="compact" className="relative my-0.5 h-5" onClick={() => showDialog({ type: "parameters" })}>
          <SlidersHorizontal size={11} />
          {t("Parameters")}
        </Button>
      )}
      {fix !== undefined && (
        <Button size="compact" className="relative my-0.5 h-5" onClick={() => applyFix(fix)}>
          <Wrench size={11} />
          {fixText(fix)}
        </Button>
      )}
      <span className="flex flex-none gap-3 py-1 text-xs text-fg-3 tabular-nums">
        {problem.resource !== undefined && <span className="max-w-48 truncate">{problem.resource}</span>}
        <span className="min-w-9 text-right">{range === undefined ? "" : `${range.start.line}:${range.start.column}`}</span>
      </span>
    </div>
  );
}

/** Mended by giving a value in the form of the template's parameters. */
function isAboutValues({ rule }: Problem): boolean {
  return rule.startsWith("template.parameter") || rule === "template.dynamic-reference";
}
