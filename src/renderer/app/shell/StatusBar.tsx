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
import { formatRate } from "../format.ts";

export function StatusBar() {
  const project = useProject((state) => state.project);
  const resourceCount = useDesign((state) => state.design.resources.length);
  return (
    <footer
      data-chrome
      className="flex h-6 flex-none items-center gap-4 overflow-hidden border-t border-line bg-panel px-3 text-xs whitespace-nowrap text-fg-2"
    >
      <RunStatus />
      {project !== null && <span className="tabular-nums">{resourceCount === 1 ? "1 resource" : `${resourceCount} resources`}</span>}
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
  if (connection === "lost") return { tone: "error", text: "Connection lost, trying again" };
  switch (run.type) {
    case "stopped":
      return { tone: "neutral", text: "Not running" };
    case "deploying":
      return { tone: "accent", text: run.message };
    case "failed":
      return {
        tone: "error",
        text: run.isServing ? "Deploy failed, the previous stack keeps running" : "Deploy failed",
        title: run.message,
      };
    case "running": {
      const unbuilt = run.problems.find((problem) => problem.severity === "error" && problem.rule.startsWith("code."));
      if (holds[0] !== undefined)
        return {
          tone: "throttled",
          text: `Stopped before ${holds[0].span.operation}${holds.length > 1 ? `, ${holds.length} hops wait` : ""}`,
        };
      if (isPaused) return { tone: "throttled", text: "Running, clock paused" };
      if (unbuilt !== undefined)
        return {
          tone: "error",
          text: `Running, ${unbuilt.resource ?? unbuilt.file} does not build: its changes wait`,
          title: unbuilt.message,
        };
      if (difference !== null) return { tone: "ok", text: `Running, just deployed: ${differenceText(difference)}` };
      if (hasUnsavedTemplate) return { tone: "ok", text: "Running, template has unsaved changes" };
      return { tone: "ok", text: "Running, in step with the template" };
    }
  }
}

function differenceText({ added, changed, removed }: DeployDifference): string {
  const parts = [
    added.length > 0 ? `${added.length} new` : "",
    changed.length > 0 ? (changed.length === 1 ? `${changed[0]?.logicalId} changed` : `${changed.length} changed`) : "",
    removed.length > 0 ? `${removed.length} removed` : "",
  ];
  return parts.filter(Boolean).join(", ") || "nothing changed";
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
        {formatRate(requestsPerSecond)} {formatRate(requestsPerSecond) === "1" ? "request" : "requests"}/s
      </span>
      {percent > 0 && (
        <span className="text-error tabular-nums">
          {percent < 0.1 ? "<0.1" : percent >= 10 ? percent.toFixed(0) : percent.toFixed(1)} % errors
        </span>
      )}
    </>
  );
}

const troubleStatus: Record<TemplateTrouble, string> = {
  unparsable: "does not parse",
  gone: "is no longer on disk",
  "not-text": "cannot be read as text",
};

function TemplateStatus() {
  const problems = useProblems();
  const trouble = useDesign((state) => state.trouble);
  const templatePath = useProject((state) => state.project?.templatePath ?? "template.yaml");
  const errors = problems.filter((problem) => problem.severity === "error").length;
  const warnings = problems.filter((problem) => problem.severity === "warning").length;
  const text =
    trouble !== null
      ? `${templatePath} ${troubleStatus[trouble]}`
      : errors > 0
        ? `${errors} ${errors === 1 ? "error" : "errors"}`
        : warnings > 0
          ? `${warnings} ${warnings === 1 ? "warning" : "warnings"}`
          : `${templatePath} valid`;
  return (
    <button type="button" onClick={() => showDock("problems")} className={classes("hover:text-fg", errors > 0 && "text-error")}>
      {text}
    </button>
  );
}

function Region() {
  const region = useRun((state) => (state.run.type === "running" ? state.run.region : null));
  return region === null ? null : <span>{region} (local)</span>;
}
