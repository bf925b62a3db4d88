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
import { setLanguage } from "../texts/language.ts";
import { languages, perLanguage, t } from "../texts/texts.ts";

const explorers = perLanguage((): readonly (readonly [ExplorerView, string])[] => [
  ["palette", t("Palette")],
  ["outline", t("Outline")],
  ["files", t("Files")],
  ["data", t("Data")],
  ["traces", t("Traces")],
  ["breakpoints", t("Breakpoints")],
  ["history", t("History")],
]);
const docks = perLanguage((): readonly (readonly [DockTab, string])[] => [
  ["requests", t("Requests")],
  ["timeline", t("Timeline")],
  ["logs", t("Logs")],
  ["problems", t("Problems")],
  ["debug", t("Debug")],
]);
const inspectors = perLanguage((): readonly (readonly [InspectorTab, string])[] => [
  ["properties", t("Properties")],
  ["connections", t("Connections")],
  ["live", t("Live")],
  ["problems", t("Problems of the selection")],
]);

export const viewCommands = perLanguage((): readonly Command[] => [
  {
    id: "view.palette",
    title: t("Search or run a command"),
    group: "View",
    shortcut: ["mod+k", "mod+p", "mod+shift+p"],
    worksInText: true,
    run: () => showDialog({ type: "palette" }),
  },
  {
    id: "view.canvas",
    title: t("Show the canvas"),
    group: "View",
    shortcut: "mod+1",
    worksInText: true,
    run: () => setLayout({ activeTab: "canvas" }),
  },
  {
    id: "view.split",
    title: t("Template beside the canvas"),
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
  ...explorers().map(([view, title], index): Command => ({
    id: `view.explorer.${view}`,
    title: t("Show {{title}}", { title }),
    group: "View",
    shortcut: `mod+shift+${index + 1}`,
    worksInText: true,
    run: () => showExplorer(view),
  })),
  ...docks().map(([tab, title]): Command => ({
    id: `view.dock.${tab}`,
    title: t("Show {{title}}", { title }),
    group: "View",
    run: () => showDock(tab),
  })),
  ...inspectors().map(([tab, title]): Command => ({
    id: `view.inspector.${tab}`,
    title: t("Inspector: {{title}}", { title }),
    group: "View",
    run: () => showInspector(tab),
  })),
  {
    id: "view.explorer",
    title: t("Open or close the explorer"),
    group: "View",
    shortcut: "mod+b",
    worksInText: true,
    run: () => setLayout({ isExplorerOpen: !useLayout.getState().isExplorerOpen }),
  },
  {
    id: "view.dock",
    title: t("Open or close the dock"),
    group: "View",
    shortcut: "mod+j",
    worksInText: true,
    run: () => setLayout({ isDockOpen: !useLayout.getState().isDockOpen }),
  },
  {
    id: "view.inspector",
    title: t("Open or close the inspector"),
    group: "View",
    shortcut: "mod+i",
    run: () => setLayout({ isInspectorOpen: !useLayout.getState().isInspectorOpen }),
  },
  { id: "view.settings", title: t("Settings"), group: "View", shortcut: "mod+,", worksInText: true, run: () => toggleExplorer("settings") },
  { id: "view.theme", title: t("Light or dark theme"), group: "View", keywords: ["appearance", "colour"], run: toggleTheme },
  {
    id: "view.projector",
    title: t("Projector mode: larger type, stronger contrast"),
    group: "View",
    keywords: ["present", "wall", "teach", "big", "zoom", "contrast"],
    run: toggleProjector,
  },
  { id: "view.theme.system", title: t("Theme as the system says"), group: "View", run: () => setTheme("system") },
  ...languages.map(({ value, title }): Command => ({
    id: `view.language.${value}`,
    title: t("Language: {{language}}", { language: title }),
    group: "View",
    keywords: ["language", "translation", "sprache", "idioma", "lengua"],
    run: () => void setLanguage(value),
  })),
  {
    id: "view.minimap",
    title: t("Show or hide the minimap"),
    group: "View",
    run: () => setLayout({ isMinimapShown: !useLayout.getState().isMinimapShown }),
  },
  { id: "help.shortcuts", title: t("Keyboard shortcuts"), group: "Help", shortcut: "?", run: () => showDialog({ type: "shortcuts" }) },
]);
