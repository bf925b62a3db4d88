// What is open where, and how large: remembered in the browser, never in the project.
import { create } from "zustand";

export type ExplorerView = "palette" | "outline" | "files" | "data" | "traces" | "breakpoints" | "history" | "settings";
export type DockTab = "requests" | "timeline" | "logs" | "problems" | "debug" | "test" | "execution";
export type InspectorTab = "properties" | "connections" | "live" | "problems";

/** A tab in the middle. `id` is unique among open tabs. */
export type Tab =
  | { readonly type: "canvas"; readonly id: "canvas" }
  | { readonly type: "file"; readonly id: string; readonly path: string }
  | {
      readonly type: "data";
      readonly id: string;
      readonly service: string;
      readonly name: string;
      readonly region: string;
      readonly title: string;
    }
  /** `machine`: the logical ID of a state machine. */
  | { readonly type: "workflow"; readonly id: string; readonly machine: string };

export interface Layout {
  explorerView: ExplorerView;
  isExplorerOpen: boolean;
  explorerWidth: number;
  isInspectorOpen: boolean;
  inspectorWidth: number;
  inspectorTab: InspectorTab;
  isDockOpen: boolean;
  isDockMaximized: boolean;
  dockHeight: number;
  dockTab: DockTab;
  tabs: readonly Tab[];
  activeTab: string;
  /** A second tab beside the first: `canvas | template.yaml`. */
  splitTab: string | null;
  /** Width of the right half, as a share of the middle. */
  splitShare: number;
  /** Side panels that gave their room to the right half: they come back when it is closed. */
  foldedPanels: readonly SidePanel[];
  isMinimapShown: boolean;
}

type SidePanel = "isExplorerOpen" | "isInspectorOpen";
const sidePanels: readonly SidePanel[] = ["isExplorerOpen", "isInspectorOpen"];
/** In a window at least this wide, canvas, text and side panels have room side by side. */
const roomForAllPixels = 1_900;

const storageKey = "contrail.layout";
const canvasTab: Tab = { type: "canvas", id: "canvas" };

const defaults: Layout = {
  explorerView: "palette",
  isExplorerOpen: true,
  explorerWidth: 216,
  isInspectorOpen: true,
  inspectorWidth: 288,
  inspectorTab: "properties",
  isDockOpen: true,
  isDockMaximized: false,
  dockHeight: Math.min(268, Math.round(window.innerHeight * 0.3)),
  dockTab: "requests",
  tabs: [canvasTab],
  activeTab: canvasTab.id,
  splitTab: null,
  splitShare: 0.4,
  foldedPanels: [],
  isMinimapShown: true,
};

/** Of these only sizes and choices are remembered: which files were open belongs to the project that was open. */
const remembered = [
  "explorerView",
  "isExplorerOpen",
  "explorerWidth",
  "isInspectorOpen",
  "inspectorWidth",
  "isDockOpen",
  "dockHeight",
  "dockTab",
  "splitShare",
  "isMinimapShown",
] as const satisfies readonly (keyof Layout)[];

export const useLayout = create<Layout>(() => ({ ...defaults, ...readRemembered() }));

useLayout.subscribe(shareRoom);
useLayout.subscribe((layout) => {
  const unfolded = { ...layout, ...opened(layout.foldedPanels) };
  localStorage.setItem(storageKey, JSON.stringify(Object.fromEntries(remembered.map((key) => [key, unfolded[key]]))));
});

/** The right half takes the room of the side panels, so that design and text can both be read, and gives it back. */
function shareRoom(now: Layout, before: Layout): void {
  if (now.splitTab !== null && before.splitTab === null) {
    const foldedPanels = window.innerWidth < roomForAllPixels ? sidePanels.filter((panel) => now[panel]) : [];
    useLayout.setState({ foldedPanels, ...Object.fromEntries(foldedPanels.map((panel) => [panel, false])) });
  } else if (now.splitTab === null && now.foldedPanels.length > 0) {
    useLayout.setState({ foldedPanels: [], ...opened(now.foldedPanels) });
  } else if (now.foldedPanels.some((panel) => now[panel])) {
    // opened by hand meanwhile: from then on it is the person's choice
    useLayout.setState({ foldedPanels: now.foldedPanels.filter((panel) => !now[panel]) });
  }
}

function opened(panels: readonly SidePanel[]): Partial<Record<SidePanel, boolean>> {
  return Object.fromEntries(panels.map((panel) => [panel, true]));
}

export function setLayout(change: Partial<Layout>): void {
  // what is so already is told to nobody
  useLayout.setState((layout) => (isSo(layout, change) ? layout : change));
}

function isSo(layout: Layout, change: Partial<Layout>): boolean {
  return (Object.keys(change) as (keyof Layout)[]).every((key) => layout[key] === change[key]);
}

/** Shows an explorer view; the same view again closes the explorer. */
export function toggleExplorer(view: ExplorerView): void {
  useLayout.setState((layout) => ({ explorerView: view, isExplorerOpen: !(layout.isExplorerOpen && layout.explorerView === view) }));
}

export function showExplorer(view: ExplorerView): void {
  useLayout.setState({ explorerView: view, isExplorerOpen: true });
}

export function showDock(tab: DockTab): void {
  useLayout.setState({ dockTab: tab, isDockOpen: true });
}

export function showInspector(tab: InspectorTab): void {
  useLayout.setState({ inspectorTab: tab, isInspectorOpen: true });
}

export function fileTabId(path: string): string {
  return `file:${path}`;
}

/** Opens the tab or brings it to the front; `beside` puts it to the right of what is open. */
export function openTab(tab: Tab, { beside = false } = {}): void {
  useLayout.setState((layout) => {
    const tabs = layout.tabs.some((open) => open.id === tab.id) ? layout.tabs : [...layout.tabs, tab];
    if (beside && layout.activeTab !== tab.id) return { tabs, splitTab: tab.id };
    if (layout.splitTab === tab.id) return { tabs };
    return { tabs, activeTab: tab.id };
  });
}

export function closeTab(id: string): void {
  useLayout.setState((layout) => {
    if (id === canvasTab.id) return layout;
    const index = layout.tabs.findIndex((tab) => tab.id === id);
    const tabs = layout.tabs.filter((tab) => tab.id !== id);
    const neighbour = tabs[Math.min(index, tabs.length - 1)]?.id ?? canvasTab.id;
    const activeTab = layout.activeTab === id ? neighbour : layout.activeTab;
    const splitTab = layout.splitTab === id || layout.splitTab === activeTab ? null : layout.splitTab;
    return { tabs, activeTab, splitTab };
  });
}

/** A renamed file keeps its tab. */
export function retargetFileTab(path: string, newPath: string): void {
  const retarget = (id: string | null): string | null => (id === fileTabId(path) ? fileTabId(newPath) : id);
  useLayout.setState((layout) => ({
    tabs: layout.tabs.map((tab) => (tab.id === fileTabId(path) ? { type: "file", id: fileTabId(newPath), path: newPath } : tab)),
    activeTab: retarget(layout.activeTab) ?? canvasTab.id,
    splitTab: retarget(layout.splitTab),
  }));
}

/** Another project was opened: only the canvas is left open. */
export function resetTabs(): void {
  useLayout.setState({ tabs: [canvasTab], activeTab: canvasTab.id, splitTab: null });
}

function readRemembered(): Partial<Layout> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "{}");
    if (typeof stored !== "object" || stored === null) return {};
    return Object.fromEntries(
      Object.entries(stored).filter(([key, value]) => key in defaults && typeof value === typeof defaults[key as keyof Layout]),
    );
  } catch {
    // A layout that cannot be read is not worth a question: the default one is shown.
    return {};
  }
}
