import type { Command } from "../commands.ts";
import { showDialog } from "../stores/dialogs.ts";
import {
  setLayout,
  showDock,
  showExplorer,
  showInspector,
  toggleExplorer,
  useLayout,
  type DockTab,
  type ExplorerView,
  type InspectorTab,
} from "../stores/layout.ts";
import { setTheme, toggleProjector, toggleTheme } from "../theme/theme.ts";
import { useDocuments } from "../stores/documents.ts";
import { openFile } from "./fileCommands.ts";

const explorers: readonly (readonly [ExplorerView, string])[] = [
  ["palette", "Palette"],
  ["outline", "Outline"],
  ["files", "Files"],
  ["data", "Data"],
  ["traces", "Traces"],
  ["breakpoints", "Breakpoints"],
  ["history", "History"],
];
const docks: readonly (readonly [DockTab, string])[] = [
  ["requests", "Requests"],
  ["timeline", "Timeline"],
  ["logs", "Logs"],
  ["problems", "Problems"],
  ["debug", "Debug"],
];
const inspectors: readonly (readonly [InspectorTab, string])[] = [
  ["properties", "Properties"],
  ["connections", "Connections"],
  ["live", "Live"],
  ["problems", "Problems of the selection"],
];

export const viewCommands: readonly Command[] = [
  {
    id: "view.palette",
    title: "Search or run a command",
    group: "View",
    shortcut: ["mod+k", "mod+p", "mod+shift+p"],
    worksInText: true,
    run: () => showDialog({ type: "palette" }),
  },
  {
    id: "view.canvas",
    title: "Show the canvas",
    group: "View",
    shortcut: "mod+1",
    worksInText: true,
    run: () => setLayout({ activeTab: "canvas" }),
  },
  {
    id: "view.split",
    title: "Template beside the canvas",
    group: "View",
    shortcut: "mod+\\",
    worksInText: true,
    when: () => useDocuments.getState().templatePath !== null,
    run: () => {
      const { templatePath } = useDocuments.getState();
      if (useLayout.getState().splitTab !== null) setLayout({ splitTab: null });
      else if (templatePath !== null) {
        setLayout({ activeTab: "canvas" });
        void openFile(templatePath, { beside: true });
      }
    },
  },
  ...explorers.map(([view, title], index): Command => ({
    id: `view.explorer.${view}`,
    title: `Show ${title}`,
    group: "View",
    shortcut: `mod+shift+${index + 1}`,
    worksInText: true,
    run: () => showExplorer(view),
  })),
  ...docks.map(([tab, title]): Command => ({ id: `view.dock.${tab}`, title: `Show ${title}`, group: "View", run: () => showDock(tab) })),
  ...inspectors.map(([tab, title]): Command => ({
    id: `view.inspector.${tab}`,
    title: `Inspector: ${title}`,
    group: "View",
    run: () => showInspector(tab),
  })),
  {
    id: "view.explorer",
    title: "Open or close the explorer",
    group: "View",
    shortcut: "mod+b",
    worksInText: true,
    run: () => setLayout({ isExplorerOpen: !useLayout.getState().isExplorerOpen }),
  },
  {
    id: "view.dock",
    title: "Open or close the dock",
    group: "View",
    shortcut: "mod+j",
    worksInText: true,
    run: () => setLayout({ isDockOpen: !useLayout.getState().isDockOpen }),
  },
  {
    id: "view.inspector",
    title: "Open or close the inspector",
    group: "View",
    shortcut: "mod+i",
    run: () => setLayout({ isInspectorOpen: !useLayout.getState().isInspectorOpen }),
  },
  { id: "view.settings", title: "Settings", group: "View", shortcut: "mod+,", worksInText: true, run: () => toggleExplorer("settings") },
  { id: "view.theme", title: "Light or dark theme", group: "View", keywords: ["appearance", "colour"], run: toggleTheme },
  {
    id: "view.projector",
    title: "Projector mode: larger type, stronger contrast",
    group: "View",
    keywords: ["present", "wall", "teach", "big", "zoom", "contrast"],
    run: toggleProjector,
  },
  { id: "view.theme.system", title: "Theme as the system says", group: "View", run: () => setTheme("system") },
  {
    id: "view.minimap",
    title: "Show or hide the minimap",
    group: "View",
    run: () => setLayout({ isMinimapShown: !useLayout.getState().isMinimapShown }),
  },
  { id: "help.shortcuts", title: "Keyboard shortcuts", group: "Help", shortcut: "?", run: () => showDialog({ type: "shortcuts" }) },
];
