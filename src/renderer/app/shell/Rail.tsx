import { useShallow } from "zustand/react/shallow";
import { Bug, ChartGantt, CircleHelp, Database, Folder, History, LayoutGrid, ListTree, Settings, type LucideIcon } from "lucide-react";
import { showDialog } from "../stores/dialogs.ts";
import { toggleExplorer, useLayout, type ExplorerView } from "../stores/layout.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { perLanguage, t } from "../texts/texts.ts";

const views = perLanguage((): readonly (readonly [ExplorerView, string, LucideIcon])[] => [
  ["palette", t("Palette"), LayoutGrid],
  ["outline", t("Outline"), ListTree],
  ["files", t("Files"), Folder],
  ["data", t("Data"), Database],
  ["traces", t("Traces"), ChartGantt],
  ["breakpoints", t("Breakpoints"), Bug],
  ["history", t("History"), History],
]);

export function Rail() {
  const { explorerView, isExplorerOpen } = useLayout(useShallow(({ explorerView, isExplorerOpen }) => ({ explorerView, isExplorerOpen })));
  const isOn = (view: ExplorerView): boolean => isExplorerOpen && explorerView === view;
  return (
    <nav
      data-chrome
      aria-label={t("Explorer views")}
      className="flex w-11 flex-none flex-col items-center gap-1 border-r border-line bg-panel py-2"
    >
      {views().map(([view, title, Icon], index) => (
        <IconButton
          key={view}
          label={title}
          shortcut={`mod+shift+${index + 1}`}
          side="right"
          size={32}
          isOn={isOn(view)}
          onClick={() => toggleExplorer(view)}
        >
          <Icon size={16} />
        </IconButton>
      ))}
      <span className="flex-1" />
      <IconButton label={t("Keyboard shortcuts")} shortcut="?" side="right" size={32} onClick={() => showDialog({ type: "shortcuts" })}>
        <CircleHelp size={16} />
      </IconButton>
      <IconButton
        label={t("Settings")}
        shortcut="mod+,"
        side="right"
        size={32}
        isOn={isOn("settings")}
        onClick={() => toggleExplorer("settings")}
      >
        <Settings size={16} />
      </IconButton>
    </nav>
  );
}
