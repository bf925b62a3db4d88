import { PanelLeftClose } from "lucide-react";
import type { ReactNode } from "react";
import { setLayout, useLayout, type ExplorerView } from "../app/stores/layout.ts";
import { IconButton } from "../app/ui/IconButton.tsx";
import { DataExplorer } from "../data/DataExplorer.tsx";
import { StatePalette } from "../workflow/editing/StatePalette.tsx";
import { useWorkflowInFront } from "../workflow/workflowStore.ts";
import { TracesExplorer } from "../timeline/TracesExplorer.tsx";
import { BreakpointList } from "./BreakpointList.tsx";
import { FileTree } from "./FileTree.tsx";
import { HistoryList } from "./HistoryList.tsx";
import { Outline } from "./Outline.tsx";
import { Palette } from "./Palette.tsx";
import { Settings } from "./Settings.tsx";
import { perLanguage, t } from "../app/texts/texts.ts";

const views = perLanguage((): Record<ExplorerView, readonly [title: string, View: () => ReactNode]> => ({
  palette: [t("Palette"), Palette],
  outline: [t("Outline"), Outline],
  files: [t("Files"), FileTree],
  data: [t("Data"), DataExplorer],
  traces: [t("Traces"), TracesExplorer],
  breakpoints: [t("Breakpoints"), BreakpointList],
  history: [t("History"), HistoryList],
  settings: [t("Settings"), Settings],
}));

/** The panel at the left; the rail chooses what it shows. */
export function Explorer() {
  const view = useLayout((layout) => layout.explorerView);
  const machine = useWorkflowInFront();
  const isOfStates = view === "palette" && machine !== null;
  const [name, View] = views()[view];
  const title = isOfStates ? t("States") : name;
  return (
    <section aria-label={title} className="flex h-full min-h-0 flex-col bg-panel">
      <header className="flex h-9 flex-none items-center border-b border-line pr-1.5 pl-3">
        <h2 className="font-medium">{title}</h2>
        <div id="explorer-tools" className="ml-auto flex items-center" />
        <IconButton label={t("Collapse")} shortcut="mod+b" size={24} onClick={() => setLayout({ isExplorerOpen: false })}>
          <PanelLeftClose size={14} />
        </IconButton>
      </header>
      <div className="flex min-h-0 flex-1 flex-col">{isOfStates ? <StatePalette machine={machine} /> : <View />}</div>
    </section>
  );
}
