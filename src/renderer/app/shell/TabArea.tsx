import { useShallow } from "zustand/react/shallow";
import { Columns2, Database, PanelRight, FileCode, FileText, GitFork, Workflow, X, Braces } from "lucide-react";
import { Fragment, type MouseEvent } from "react";
import { Canvas } from "../../canvas/Canvas.tsx";
import { DataTab } from "../../data/DataTab.tsx";
import { EditorTab } from "../../editors/EditorTab.tsx";
import { closeTabAsking } from "../commands/fileCommands.ts";
import { ConflictBar } from "./ConflictBar.tsx";
import { isDirty, useDocuments } from "../stores/documents.ts";
import { fileTabId, openTab, setLayout, useLayout, type Tab } from "../stores/layout.ts";
import { useMeasuredWidth } from "../ui/measuredWidth.ts";
import { ErrorBoundary } from "../ui/ErrorBoundary.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { ContextMenu, type MenuItem } from "../ui/Menu.tsx";
import { Splitter } from "../ui/Splitter.tsx";
import { classes } from "../ui/classes.ts";
import { StepBar } from "../../canvas/stepping/StepBar.tsx";
import { WorkflowTab } from "../../workflow/WorkflowTab.tsx";
import { t } from "../texts/texts.ts";

const minHalf = 260;

/** The middle: open tabs and what they show, one or two side by side. */
export function TabArea() {
  const { tabs, activeTab, splitTab, splitShare } = useLayout(
    useShallow(({ tabs, activeTab, splitTab, splitShare }) => ({ tabs, activeTab, splitTab, splitShare })),
  );
  const [width, measure] = useMeasuredWidth();
  const active = tabs.find((tab) => tab.id === activeTab);
  const beside = tabs.find((tab) => tab.id === splitTab);
  const leftTabs = tabs.filter((tab) => tab.id !== splitTab);

  return (
    <div ref={measure} className="flex min-h-0 min-w-0 flex-1">
      <section className="flex min-h-0 min-w-0 flex-1 flex-col" aria-label={t("Main area")}>
        <div data-chrome className="flex h-9 flex-none items-stretch border-b border-line bg-panel">
          <TabList tabs={leftTabs} active={activeTab} onSelect={(id) => setLayout({ activeTab: id })} />
          {active?.type === "canvas" && <StepBar />}
          <div className="flex flex-none items-center pr-1.5 pl-1">
            <SplitButton />
            {beside === undefined && <InspectorButton />}
          </div>
        </div>
        {active !== undefined && <TabContent tab={active} />}
      </section>
      {beside !== undefined && (
        <Fragment>
          <Splitter
            label={t("Width of the right half")}
            direction="vertical"
            size={Math.round(width * splitShare)}
            min={minHalf}
            max={Math.max(minHalf, width - minHalf)}
            sign={-1}
            onResize={(size) => setLayout({ splitShare: size / width })}
            onCollapse={() => setLayout({ splitTab: null })}
          />
          <section
            style={{ width: `${splitShare * 100}%`, minWidth: minHalf }}
            className="flex min-h-0 flex-none flex-col"
            aria-label={t("Right half")}
          >
            <div data-chrome className="flex h-9 flex-none items-stretch border-b border-line bg-panel">
              <TabList tabs={[beside]} active={beside.id} onSelect={() => {}} />
              <div className="flex flex-none items-center pr-1.5 pl-1">
                <InspectorButton />
                <IconButton label={t("Close the right half")} size={24} onClick={() => setLayout({ splitTab: null })}>
                  <X size={14} />
                </IconButton>
              </div>
            </div>
            <TabContent tab={beside} />
          </section>
        </Fragment>
      )}
    </div>
  );
}

function TabList({ tabs, active, onSelect }: { tabs: readonly Tab[]; active: string; onSelect(id: string): void }) {
  return (
    <div
      role="tablist"
      aria-label={t("Open tabs")}
      className="flex min-w-0 flex-1 items-stretch overflow-x-auto overflow-y-hidden [scrollbar-width:none]"
    >
      {tabs.map((tab) => (
        <TabHandle key={tab.id} tab={tab} isActive={tab.id === active} onSelect={() => onSelect(tab.id)} />
      ))}
    </div>
  );
}

function TabHandle({ tab, isActive, onSelect }: { tab: Tab; isActive: boolean; onSelect(): void }) {
  const hasUnsavedText = useDocuments((state) => tab.type === "file" && isDirty(state.documents[tab.path]));
  const isCloseable = tab.type !== "canvas";
  const close = (event: MouseEvent): void => {
    event.stopPropagation();
    closeTabAsking(tab.id);
  };
  const items: MenuItem[] = [
    { type: "action", id: "close", title: t("Close"), shortcut: "alt+w", isDisabled: !isCloseable, run: () => closeTabAsking(tab.id) },
    {
      type: "action",
      id: "others",
      title: t("Close others"),
      run: () =>
        useLayout
          .getState()
          .tabs.filter((other) => other.id !== tab.id)
          .forEach((other) => closeTabAsking(other.id)),
    },
    { type: "separator" },
    {
      type: "action",
      id: "beside",
      title: t("Show on the right"),
      isDisabled: isActive && tab.type === "canvas",
      run: () => openBeside(tab),
    },
  ];
  return (
    <ContextMenu items={items}>
      <div
        role="tab"
        aria-selected={isActive}
        tabIndex={0}
        onClick={onSelect}
        onKeyDown={(event) => {
          if (event.key === "Enter" || event.key === " ") onSelect();
          else if (event.key === "Delete" && isCloseable) closeTabAsking(tab.id);
          else return;
          event.preventDefault();
        }}
        onAuxClick={(event) => event.button === 1 && isCloseable && close(event)}
        className={classes(
          "group relative flex flex-none items-center gap-[7px] border-r border-line pl-3.5 whitespace-nowrap",
          isCloseable ? "pr-1.5" : "pr-3.5",
          isActive
            ? "-mb-px bg-canvas font-medium text-fg before:absolute before:inset-x-0 before:top-0 before:h-0.5 before:bg-accent"
            : "text-fg-2 hover:text-fg",
        )}
      >
        <TabIcon tab={tab} />
        {titleOf(tab)}
        {hasUnsavedText && <span className="sr-only">{t(", unsaved changes")}</span>}
        {isCloseable && (
          // For the pointer only: a tab holds nothing else to focus. By keyboard, Delete closes it.
          <span
            aria-hidden
            title={t("Close")}
            data-close={titleOf(tab)}
            onClick={close}
            className="grid size-5 place-items-center rounded-sm text-fg-3 hover:bg-hover hover:text-fg"
          >
            {hasUnsavedText && <span className="size-1.5 rounded-full bg-accent group-hover:hidden" />}
            <X
              size={12}
              className={classes(hasUnsavedText ? "hidden group-hover:block" : isActive ? "" : "opacity-0 group-hover:opacity-100")}
            />
          </span>
        )}
      </div>
    </ContextMenu>
  );
}

function TabIcon({ tab }: { tab: Tab }) {
  if (tab.type === "canvas") return <Workflow size={14} />;
  if (tab.type === "data") return <Database size={14} />;
  if (tab.type === "workflow") return <GitFork size={14} />;
  if (tab.path.endsWith(".json")) return <Braces size={14} />;
  if (/\.(ya?ml|md|txt)$/.test(tab.path)) return <FileText size={14} />;
  return <FileCode size={14} />;
}

function titleOf(tab: Tab): string {
  switch (tab.type) {
    case "canvas":
      return t("Canvas");
    case "data":
      return tab.title;
    case "workflow":
      return tab.machine;
    case "file":
      return tab.path.slice(tab.path.lastIndexOf("/") + 1);
  }
}

function TabContent({ tab }: { tab: Tab }) {
  switch (tab.type) {
    case "canvas":
      return (
        <ErrorBoundary name={t("The canvas")}>
          <Canvas />
        </ErrorBoundary>
      );
    case "file":
      return (
        <div className="flex min-h-0 flex-1 flex-col bg-code">
          <ConflictBar path={tab.path} />
          <div className="relative min-h-0 flex-1">
            <ErrorBoundary name={t("The editor")} key={tab.path}>
              <EditorTab path={tab.path} />
            </ErrorBoundary>
          </div>
        </div>
      );
    case "workflow":
      return (
        <ErrorBoundary name={t("The workflow")} key={tab.id}>
          <WorkflowTab machine={tab.machine} />
        </ErrorBoundary>
      );
    case "data":
      return (
        <div className="relative min-h-0 flex-1 bg-panel">
          <ErrorBoundary name={t("Data")} key={tab.id}>
            <DataTab service={tab.service} name={tab.name} region={tab.region} />
          </ErrorBoundary>
        </div>
      );
  }
}

function SplitButton() {
  const splitTab = useLayout((layout) => layout.splitTab);
  const templatePath = useDocuments((state) => state.templatePath);
  const toggle = (): void => {
    if (splitTab !== null) setLayout({ splitTab: null });
    else if (templatePath !== null) toggleTemplateBeside(templatePath);
  };
  return (
    <IconButton
      label={splitTab === null ? t("Template beside the canvas") : t("Close the right half")}
      shortcut="mod+\"
      size={24}
      isOn={splitTab !== null}
      onClick={toggle}
    >
      <Columns2 size={14} />
    </IconButton>
  );
}

/** There while the inspector is folded away: where it would stand. */
function InspectorButton() {
  const isOpen = useLayout((layout) => layout.isInspectorOpen);
  if (isOpen) return null;
  return (
    <IconButton label={t("Open the inspector")} shortcut="mod+i" size={24} onClick={() => setLayout({ isInspectorOpen: true })}>
      <PanelRight size={14} />
    </IconButton>
  );
}

function toggleTemplateBeside(templatePath: string): void {
  const template: Tab = { type: "file", id: fileTabId(templatePath), path: templatePath };
  if (useLayout.getState().activeTab === template.id) setLayout({ activeTab: "canvas" });
  openTab(template, { beside: true });
}

function openBeside(tab: Tab): void {
  const { activeTab, tabs } = useLayout.getState();
  if (activeTab === tab.id) setLayout({ activeTab: tabs.find((other) => other.id !== tab.id)?.id ?? "canvas" });
  openTab(tab, { beside: true });
}
