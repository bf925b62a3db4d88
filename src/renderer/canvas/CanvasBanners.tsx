import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { replaceBrokenCanvas, useCanvasFile } from "../app/stores/canvasFile.ts";
import { showDialog } from "../app/stores/dialogs.ts";
import { useDesign } from "../app/stores/design.ts";
import { saveDocument, useDocuments } from "../app/stores/documents.ts";
import { fileTabId, useLayout } from "../app/stores/layout.ts";
import { useProject } from "../app/stores/project.ts";
import { startRun, useRun } from "../app/stores/run.ts";
import { Button } from "../app/ui/Button.tsx";
import { revealInEditor } from "../editors/reveal.ts";
import { parameterFields } from "../parameters/parameterForm.ts";
import { t } from "../app/texts/texts.ts";
import { problemText } from "../app/texts/words.ts";

/** What keeps the canvas from being the whole truth, said on it. */
export function CanvasBanners() {
  const trouble = useDesign((state) => state.trouble);
  const hasDesign = useDesign((state) => state.design.resources.length > 0);
  const problem = useDesign((state) => (state.trouble === null ? undefined : state.problems.find((one) => one.severity === "error")));
  const path = useDocuments((state) => state.templatePath ?? t("The template"));
  const isTemplateShown = useLayout(({ activeTab, splitTab }) => [activeTab, splitTab].includes(fileTabId(path)));
  const hasConflict = useDocuments((state) => (state.documents[path]?.conflict ?? null) !== null) && !isTemplateShown;
  const missing = useMissingValues();
  const failure = useRun(({ run }) => (run.type === "failed" && !run.isServing && run.problems.length === 0 ? problemText(run) : null));
  const canvasProblem = useCanvasFile((state) => state.problem);
  return (
    <div className="@container pointer-events-none absolute inset-x-0 top-3 z-10">
      {/* In a narrow canvas below the zoom controls instead of beside them. */}
      <div className="flex flex-col items-center gap-2 px-3 pt-9.5 @lg:pt-0 @lg:pl-38 @5xl:px-40">
        {hasConflict && (
          <Banner>
            <span className="min-w-0 truncate">{t("Another program changed lines of {{path}} that you changed too.", { path })}</span>
            <Button size="compact" onClick={() => revealInEditor({ path, line: 1, column: 1 }, { beside: true })}>
              {t("Choose")}
            </Button>
          </Banner>
        )}
        {trouble === "gone" && (
          <Banner>
            <span className="min-w-0 truncate">{t("{{path}} is no longer on disk: this is the design as it was.", { path })}</span>
            <Button size="compact" onClick={() => void saveDocument(path)}>
              {t("Write it again")}
            </Button>
          </Banner>
        )}
        {trouble === "not-text" && (
          <Banner>
            <span className="min-w-0 truncate pr-1.5" title={problem && problemText(problem)}>
              {hasDesign
                ? t("{{path}} cannot be read as text: this is the last design that could be.", { path })
                : t("{{path}} cannot be read as text.", { path })}
            </span>
          </Banner>
        )}
        {trouble === "unparsable" && (
          <Banner>
            <span className="min-w-0 truncate" title={problem && problemText(problem)}>
              {hasDesign
                ? t("The template does not parse: this is the last design that could be read.")
                : t("The template does not parse, so there is no design to show yet.")}
            </span>
            {problem !== undefined && (
              <Button
                size="compact"
                onClick={() =>
                  revealInEditor(
                    { path: problem.file, line: problem.range?.start.line ?? 1, column: problem.range?.start.column ?? 1 },
                    { beside: true },
                  )
                }
              >
                {t("Show line {{line}}", { line: problem.range?.start.line ?? 1 })}
              </Button>
            )}
          </Banner>
        )}
        {trouble === null && missing > 0 && (
          <Banner>
            <span className="min-w-0 truncate">{t("{{count}} values are needed before this runs.", { count: missing })}</span>
            <Button size="compact" onClick={() => showDialog({ type: "parameters" })}>
              {t("Give them", { count: missing })}
            </Button>
          </Banner>
        )}
        {trouble === null && missing === 0 && failure !== null && (
          <Banner>
            <span className="line-clamp-3 min-w-0 py-1" title={failure}>
              {t("It does not run: {{failure}}", { failure })}
            </span>
            <Button size="compact" onClick={() => void startRun()}>
              {t("Try again")}
            </Button>
          </Banner>
        )}
        {canvasProblem !== null && (
          <Banner>
            <span className="min-w-0 truncate" title={problemText(canvasProblem)}>
              {t("Positions could not be read: {{message}} The file is left as it is.", { message: problemText(canvasProblem) })}
            </span>
            <Button size="compact" onClick={replaceBrokenCanvas}>
              {t("Replace it")}
            </Button>
          </Banner>
        )}
      </div>
    </div>
  );
}

/** How many a deploy asks for: parameters without a default, and references of resources that run, which the last deploy has found. */
function useMissingValues(): number {
  const declared = useDesign((state) => state.document?.value["Parameters"]);
  const given = useProject((state) => state.project?.parameters);
  const run = useRun((state) => state.run);
  const parameters = parameterFields(declared).filter(({ name, standard }) => standard === undefined && given?.[name] === undefined);
  const references = run.type === "failed" ? run.problems.filter(({ rule }) => rule === "template.dynamic-reference") : [];
  return parameters.length + new Set(references.map(({ message }) => message)).size;
}

function Banner({ children }: { children: ReactNode }) {
  return (
    <div
      role="alert"
      className="pop pointer-events-auto flex max-w-full items-center gap-2.5 rounded-lg border border-line-strong bg-raised py-1 pr-1 pl-2.5 shadow-2"
    >
      <TriangleAlert size={14} className="text-throttled" />
      {children}
    </div>
  );
}
