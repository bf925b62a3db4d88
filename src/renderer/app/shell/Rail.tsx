import { Bug, ChartGantt, CircleHelp, Database, Folder, History, LayoutGrid, ListTree, Settings, type LucideIcon } from "lucide-react";
import { showDialog } from "../stores/dialogs.ts";
import { toggleExplorer, useLayout, type ExplorerView } from "../stores/layout.ts";
import { IconButton } from "../ui/IconButton.tsx";

const views: readonly (readonly [ExplorerView, string, LucideIcon])[] = [
  ["palette", "Palette", LayoutGrid],
  ["outline", "Outline", ListTree],
  ["files", "Files", Folder],
  ["data", "Data", Database],
  ["traces", "Traces", ChartGantt],
  ["breakpoints", "Breakpoints", Bug],
  ["history", "History", History],
];

export function Rail() {
  const { explorerView, isExplorerOpen } = useLayout();
  const isOn = (view: ExplorerView): boolean => isExplorerOpen && explorerView === view;
  return (
    <nav
      data-chrome
      aria-label="Explorer views"
      className="flex w-11 flex-none flex-col items-center gap-1 border-r border-line bg-panel py-2"
    >
      {views.map(([view, title, Icon], index) => (
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
      <IconButton label="Keyboard shortcuts" shortcut="?" side="right" size={32} onClick={() => showDialog({ type: "shortcuts" })}>
        <CircleHelp size={16} />
      </IconButton>
      <IconButton
        label="Settings"
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
