import { useShallow } from "zustand/react/shallow";
import { memo } from "react";
import { Explorer } from "../../explorer/Explorer.tsx";
import { Inspector } from "../../inspector/Inspector.tsx";
import { setLayout, useLayout } from "../stores/layout.ts";
import { useProject } from "../stores/project.ts";
import { ErrorBoundary } from "../ui/ErrorBoundary.tsx";
import { ProgressLine } from "../ui/ProgressLine.tsx";
import { Splitter } from "../ui/Splitter.tsx";
import { Toasts } from "../ui/Toasts.tsx";
import { TooltipProvider } from "../ui/Tooltip.tsx";
import { CommandPalette } from "./CommandPalette.tsx";
import { ConnectionLost } from "./ConnectionLost.tsx";
import { Dialogs } from "./Dialogs.tsx";
import { Dock } from "./Dock.tsx";
import { Rail } from "./Rail.tsx";
import { StatusBar } from "./StatusBar.tsx";
import { TabArea } from "./TabArea.tsx";
import { TitleBar } from "./TitleBar.tsx";
import { DropVeil } from "../../welcome/DropVeil.tsx";
import { Welcome } from "../../welcome/Welcome.tsx";
import { t } from "../texts/texts.ts";

export function App() {
  const session = useProject((state) => state.session);
  const project = useProject((state) => state.project);
  const opening = useProject((state) => state.opening);
  const isWelcomeShown = useProject((state) => state.isWelcomeShown);
  return (
    <TooltipProvider>
      <div className="flex h-full flex-col">
        <TitleBar />
        <div className="relative h-0">
          <div className="absolute inset-x-0 -top-0.5 z-30">
            {opening !== null && <ProgressLine label={t("Opening {{opening}}", { opening })} />}
          </div>
        </div>
        <ConnectionLost />
        {project !== null && !isWelcomeShown ? (
          <Workbench />
        ) : session !== null ? (
          <Welcome session={session} project={project} />
        ) : (
          <div className="flex-1" />
        )}
        <StatusBar />
      </div>
      <CommandPalette />
      <Dialogs />
      <DropVeil />
      <Toasts />
    </TooltipProvider>
  );
}

/** Rail and explorer at the left, canvas or editors with the inspector, the dock below both. */
const Workbench = memo(function Workbench() {
  const { isExplorerOpen, explorerWidth, isInspectorOpen, inspectorWidth, isDockOpen, isDockMaximized, dockHeight } = useLayout(
    useShallow(({ isExplorerOpen, explorerWidth, isInspectorOpen, inspectorWidth, isDockOpen, isDockMaximized, dockHeight }) => ({
      isExplorerOpen,
      explorerWidth,
      isInspectorOpen,
      inspectorWidth,
      isDockOpen,
      isDockMaximized,
      dockHeight,
    })),
  );
  return (
    <main className="flex min-h-0 flex-1">
      <Rail />
      {isExplorerOpen && (
        <>
          <div data-chrome style={{ width: explorerWidth }} className="min-h-0 flex-none">
            <ErrorBoundary name={t("The explorer")}>
              <Explorer />
            </ErrorBoundary>
          </div>
          <Splitter
            label={t("Width of the explorer")}
            direction="vertical"
            size={explorerWidth}
            min={168}
            max={480}
            sign={1}
            onResize={(width) => setLayout({ explorerWidth: width })}
            onCollapse={() => setLayout({ isExplorerOpen: false })}
          />
        </>
      )}
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        {!(isDockOpen && isDockMaximized) && (
          <div className="flex min-h-0 flex-1">
            <TabArea />
            {isInspectorOpen && (
              <>
                <Splitter
                  label={t("Width of the inspector")}
                  direction="vertical"
                  size={inspectorWidth}
                  min={232}
                  max={560}
                  sign={-1}
                  onResize={(width) => setLayout({ inspectorWidth: width })}
                  onCollapse={() => setLayout({ isInspectorOpen: false })}
                />
                <div data-chrome style={{ width: inspectorWidth }} className="min-h-0 flex-none">
                  <ErrorBoundary name={t("The inspector")}>
                    <Inspector />
                  </ErrorBoundary>
                </div>
              </>
            )}
          </div>
        )}
        {isDockOpen && !isDockMaximized ? (
          <Splitter
            label={t("Height of the dock")}
            direction="horizontal"
            size={dockHeight}
            min={140}
            max={720}
            sign={-1}
            onResize={(height) => setLayout({ dockHeight: height })}
            onCollapse={() => setLayout({ isDockOpen: false })}
          />
        ) : (
          <div className="h-px flex-none bg-line" />
        )}
        <div
          data-chrome
          style={isDockOpen && !isDockMaximized ? { height: dockHeight } : undefined}
          className={isDockMaximized && isDockOpen ? "flex min-h-0 flex-1" : "flex flex-none"}
        >
          <Dock />
        </div>
      </div>
    </main>
  );
});
