import { GitBranch } from "lucide-react";
import type { DeployDifference } from "../../../model/run.ts";
import { showDock } from "../stores/layout.ts";
import { useDesign, type TemplateTrouble } from "../stores/design.ts";
import { useLive } from "../stores/live.ts";
import { useProblems } from "../stores/problems.ts";
import { useProject } from "../stores/project.ts";
import { useRun } from "../stores/run.ts";
import { useDocuments, isDirty } from "../stores/documents.ts";
import { Dot, type Tone } from "../ui/Chip.tsx";
import { classes } from "../ui/classes.ts";
import { formatRate, withDecimalMark } from "../format.ts";
import { t, tData } from "../texts/texts.ts";
import { problemText } from "../texts/words.ts";

export function StatusBar() {
  const project = useProject((state) => state.project);
  const resourceCount = useDesign((state) => state.design.resources.length);
  return (
    <footer
      data-chrome
      className="flex h-6 flex-none items-center gap-4 overflow-hidden border-t border-line bg-panel px-3 text-xs whitespace-nowrap text-fg-2"
    >
      <RunStatus />
      {project !== null && <span className="tabular-nums">{t("{{count}} resources", { count: resourceCount })}</span>}
      <Rates />
      <span className="flex-1" />
      {project !== null && (
        <>
          <TemplateStatus />
          {project.branch !== null && (
            <span className="flex items-center gap-1.5">
              <GitBranch size={12} />
              {project.branch}
            </span>
          )}
          <Region />
        </>
      )}
    </footer>
  );
}

function RunStatus() {
  const { tone, text, title } = useRunStatus();
  return (
    <span role="status" className="flex min-w-0 items-center gap-1.5" title={title}>
      <Dot tone={tone} />
      <span className="truncate">{text}</span>
    </span>
  );
}

function useRunStatus(): { tone: Tone; text: string; title?: string } {
  const connection = useProject((state) => state.connection);
  const run = useRun((state) => state.run);
  const difference = useRun((state) => state.freshDifference);
  const holds = useLive((live) => live.debugger.holds);
  const isPaused = useLive((live) => live.clock?.isPaused === true);
  const hasUnsavedTemplate = useDocuments((state) => state.templatePath !== null && isDirty(state.documents[state.templatePath]));
  if (connection === "lost" || connection === "refused") return { tone: "error", text: t("Connection lost, trying again") };
  switch (run.type) {
    case "stopped":
      return { tone: "neutral", text: t("Not running") };
    case "deploying":
      return { tone: "accent", text: tData(run.message) };
    case "failed":
      return {
        tone: "error",
        text: run.isServing ? t("Deploy failed, the previous stack keeps running") : t("Deploy failed"),
        title: problemText(run),
      };
    case "running": {
      const unbuilt = run.problems.find((problem) => problem.severity === "error" && problem.rule.startsWith("code."));
      if (holds[0] !== undefined)
        return {
          tone: "throttled",
          text:
            holds.length > 1
              ? t("Stopped before {{operation}}, {{count}} hops wait", { operation: holds[0].span.operation, count: holds.length })
              : t("Stopped before {{operation}}", { operation: holds[0].span.operation }),
        };
      if (isPaused) return { tone: "throttled", text: t("Running, clock paused") };
      if (unbuilt !== undefined)
        return {
          tone: "error",
          text: t("Running, {{resource}} does not build: its changes wait", { resource: unbuilt.resource ?? unbuilt.file }),
          title: problemText(unbuilt),
        };
      if (difference !== null)
        return { tone: "ok", text: t("Running, just deployed: {{difference}}", { difference: differenceText(difference) }) };
      if (hasUnsavedTemplate) return { tone: "ok", text: t("Running, template has unsaved changes") };
      return { tone: "ok", text: t("Running, in step with the template") };
    }
  }
}

function differenceText({ added, changed, removed }: DeployDifference): string {
  const parts = [
    added.length > 0 ? t("{{count}} new", { count: added.length }) : "",
    changed.length > 0 ? t("{{count}} changed", { count: changed.length, logicalId: changed[0]?.logicalId }) : "",
    removed.length > 0 ? t("{{count}} removed", { count: removed.length }) : "",
  ];
  return parts.filter(Boolean).join(", ") || t("nothing changed");
}

function Rates() {
  const run = useRun((state) => state.run);
  const requestsPerSecond = useLive((live) => live.requestsPerSecond);
  const errorRatio = useLive((live) => live.errorRatio);
  if (run.type !== "running") return null;
  const percent = errorRatio * 100;
  return (
    <>
      <span className="tabular-nums">
        {t("{{rate}} requests/s", { count: formatRate(requestsPerSecond) === "1" ? 1 : 2, rate: formatRate(requestsPerSecond) })}
      </span>
      {percent > 0 && (
        <span className="text-error tabular-nums">
          {t("{{value}} % errors", { value: percent < 0.1 ? "<0.1" : withDecimalMark(percent.toFixed(percent >= 10 ? 0 : 1)) })}
        </span>
      )}
    </>
  );
}

const troubleStatus = (path: string): Record<TemplateTrouble, string> => ({
  unparsable: t("{{path}} does not parse", { path }),
  gone: t("{{path}} is no longer on disk", { path }),
  "not-text": t("{{path}} cannot be read as text", { path }),
});

function TemplateStatus() {
  const problems = useProblems();
  const trouble = useDesign((state) => state.trouble);
  const templatePath = useProject((state) => state.project?.templatePath ?? "template.yaml");
  const errors = problems.filter((problem) => problem.severity === "error").length;
  const warnings = problems.filter((problem) => problem.severity === "warning").length;
  const text =
    trouble !== null
      ? troubleStatus(templatePath)[trouble]
      : errors > 0
        ? t("{{count}} errors", { count: errors })
        : warnings > 0
          ? t("{{count}} warnings", { count: warnings })
          : t("{{templatePath}} valid", { templatePath });
  return (
    <button type="button" onClick={() => showDock("problems")} className={classes("hover:text-fg", errors > 0 && "text-error")}>
      {text}
    </button>
  );
}

function Region() {
  const region = useRun((state) => (state.run.type === "running" ? state.run.region : null));
  return region === null ? null : <span>{t("{{region}} (local)", { region })}</span>;
}
