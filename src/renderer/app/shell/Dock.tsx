import { useShallow } from "zustand/react/shallow";
import { ChevronDown, ChevronUp, Maximize2, Minimize2 } from "lucide-react";
import type { ReactNode } from "react";
import { DebugPanel } from "../../debugger/DebugPanel.tsx";
import { ProblemsPanel } from "../../debugger/ProblemsPanel.tsx";
import { RequestsPanel } from "../../requests/RequestsPanel.tsx";
import { LogsPanel } from "../../timeline/LogsPanel.tsx";
import { TimelinePanel } from "../../timeline/TimelinePanel.tsx";
import { ExecutionDock } from "../../workflow/execution/ExecutionDock.tsx";
import { TestPanel } from "../../workflow/testState/TestPanel.tsx";
import { useWorkflowInFront } from "../../workflow/workflowStore.ts";
import { useProblems } from "../stores/problems.ts";
import { useLive } from "../stores/live.ts";
import { setLayout, showDock, useLayout, type DockTab } from "../stores/layout.ts";
import { Dot } from "../ui/Chip.tsx";
import { ErrorBoundary } from "../ui/ErrorBoundary.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { Count, Tabs, type TabItem } from "../ui/Tabs.tsx";
import { t } from "../texts/texts.ts";

const panels = {
  requests: RequestsPanel,
  timeline: TimelinePanel,
  logs: LogsPanel,
  problems: ProblemsPanel,
  debug: DebugPanel,
  test: TestPanel,
  execution: ExecutionDock,
} satisfies Record<DockTab, () => ReactNode>;

/** The panel along the bottom. Each tab's own tools stand in `#dock-tools` (see DockTools). */
export function Dock() {
  const { dockTab, isDockOpen, isDockMaximized } = useLayout(
    useShallow(({ dockTab, isDockOpen, isDockMaximized }) => ({ dockTab, isDockOpen, isDockMaximized })),
  );
  const problems = useProblems();
  const isHolding = useLive((live) => live.debugger.holds.length > 0);
  const isInWorkflow = useWorkflowInFront() !== null;
  const errors = problems.filter((problem) => problem.severity === "error").length;
  const Panel = panels[dockTab];

  const items: TabItem<DockTab>[] = [
    { id: "requests", title: t("Requests") },
    { id: "timeline", title: t("Timeline") },
    { id: "logs", title: t("Logs") },
    {
      id: "problems",
      title: t("Problems"),
      ...(problems.length > 0 ? { mark: <Count value={problems.length} isError={errors > 0} /> } : {}),
    },
    { id: "debug", title: t("Debug"), ...(isHolding ? { mark: <Dot tone="throttled" /> } : {}) },
    ...(isInWorkflow || dockTab === "test" ? [{ id: "test" as const, title: t("Test state") }] : []),
    ...(isInWorkflow || dockTab === "execution" ? [{ id: "execution" as const, title: t("Execution") }] : []),
  ];

  return (
    <section aria-label={t("Dock")} className="flex min-h-0 flex-1 flex-col bg-panel">
      <Tabs label={t("Dock")} items={items} selected={dockTab} onSelect={showDock}>
        <div id="dock-tools" className="flex min-w-0 items-center gap-1" />
        {isDockOpen && (
          <IconButton
            label={isDockMaximized ? t("Smaller") : t("Larger")}
            size={24}
            onClick={() => setLayout({ isDockMaximized: !isDockMaximized })}
          >
            {isDockMaximized ? <Minimize2 size={14} /> : <Maximize2 size={14} />}
          </IconButton>
        )}
        <IconButton
          label={isDockOpen ? t("Collapse dock") : t("Open dock")}
          shortcut="mod+j"
          size={24}
          onClick={() => setLayout({ isDockOpen: !isDockOpen })}
        >
          {isDockOpen ? <ChevronDown size={14} /> : <ChevronUp size={14} />}
        </IconButton>
      </Tabs>
      {isDockOpen && (
        <div role="tabpanel" aria-label={items.find((item) => item.id === dockTab)?.title} className="relative min-h-0 flex-1">
          <ErrorBoundary name={t("This panel")} key={dockTab}>
            <Panel />
          </ErrorBoundary>
        </div>
      )}
    </section>
  );
}
