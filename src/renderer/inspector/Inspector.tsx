import { Ellipsis, MousePointerClick } from "lucide-react";
import { lookOf } from "../app/resourceTypes.ts";
import { useDesign } from "../app/stores/design.ts";
import { setLayout, useLayout, type InspectorTab } from "../app/stores/layout.ts";
import { useProblemsOf } from "../app/stores/problems.ts";
import { useSelection } from "../app/stores/selection.ts";
import { EmptyState } from "../app/ui/EmptyState.tsx";
import { IconButton } from "../app/ui/IconButton.tsx";
import { DropdownMenu } from "../app/ui/Menu.tsx";
import { ResourceTile } from "../app/ui/ResourceIcon.tsx";
import { Count, Tabs, type TabItem } from "../app/ui/Tabs.tsx";
import type { DesignResource } from "../../model/design/design.ts";
import { menuFor } from "../canvas/canvasMenu.tsx";
import { useCanvasFile } from "../app/stores/canvasFile.ts";
import { shownNow } from "../canvas/shown.ts";
import { BundleInspector } from "./BundleInspector.tsx";
import { ConnectionInspector } from "./ConnectionInspector.tsx";
import { ConnectionsTab } from "./ConnectionsTab.tsx";
import { ItemInspector } from "./ItemInspector.tsx";
import { LiveTab } from "./LiveTab.tsx";
import { PropertiesTab } from "./PropertiesTab.tsx";
import { ResourceProblems } from "./ResourceProblems.tsx";
import { StateInspector, useSelectedState } from "../workflow/StateInspector.tsx";
import { useWorkflowInFront } from "../workflow/workflowStore.ts";
import { SeveralInspector } from "./SeveralInspector.tsx";
import { RuntimeMadeInspector } from "./RuntimeMadeInspector.tsx";
import { t } from "../app/texts/texts.ts";
import { subtitleOf } from "../app/texts/words.ts";

/** What is selected, and what can be changed about it. */
export function Inspector() {
  const { resources: ids, connection: connectionId } = useSelection();
  const design = useDesign((state) => state.design);
  const connection = design.connections.find((one) => one.id === connectionId);
  useCanvasFile();
  const bundle = connectionId === null ? undefined : shownNow().bundles.get(connectionId);
  const [id] = ids;
  const machine = useWorkflowInFront();
  const state = useSelectedState(machine);
  const resource = ids.length === 1 ? design.resources.find((one) => one.id === id) : undefined;

  return (
    <aside aria-label={t("Inspector")} className="flex h-full min-h-0 flex-col bg-panel">
      {machine !== null && state !== null ? (
        <StateInspector machine={machine} id={state} />
      ) : connection !== undefined ? (
        <ConnectionInspector connection={connection} />
      ) : bundle !== undefined ? (
        <BundleInspector connections={bundle} />
      ) : resource !== undefined ? (
        <ResourceInspector key={resource.id} resource={resource} />
      ) : id !== undefined && ids.length === 1 && id.startsWith("run:") ? (
        <RuntimeMadeInspector id={id} />
      ) : ids.length > 1 ? (
        <SeveralInspector ids={ids} />
      ) : id !== undefined && /^(note|group|frame):/.test(id) ? (
        <ItemInspector key={id} id={id} />
      ) : (
        <EmptyState icon={<MousePointerClick size={18} />} title={t("Nothing selected")}>
          {t(
            "Select a card to see its properties, connections, live numbers and problems. Select a line to see what it writes in the template.",
          )}
        </EmptyState>
      )}
    </aside>
  );
}

function ResourceInspector({ resource }: { resource: DesignResource }) {
  const tab = useLayout((layout) => layout.inspectorTab);
  const problems = useProblemsOf(resource.id);
  const look = lookOf(resource.type);
  const subtitle = subtitleOf(resource);
  const items: TabItem<InspectorTab>[] = [
    { id: "properties", title: t("Properties") },
    { id: "connections", title: t("Connections") },
    { id: "live", title: t("Live") },
    {
      id: "problems",
      title: t("Problems"),
      ...(problems.length > 0
        ? { mark: <Count value={problems.length} isError={problems.some((problem) => problem.severity === "error")} /> }
        : {}),
    },
  ];
  return (
    <>
      <SubjectHeader resource={resource} subtitle={subtitle.startsWith(look.title) ? subtitle : `${look.title} · ${subtitle}`} />
      <Tabs label={t("Inspector")} size="compact" items={items} selected={tab} onSelect={(inspectorTab) => setLayout({ inspectorTab })} />
      <div role="tabpanel" aria-label={items.find((item) => item.id === tab)?.title} className="min-h-0 flex-1 overflow-auto">
        {tab === "properties" && <PropertiesTab resource={resource} />}
        {tab === "connections" && <ConnectionsTab resource={resource} />}
        {tab === "live" && <LiveTab id={resource.id} type={resource.type} />}
        {tab === "problems" && <ResourceProblems problems={problems} />}
      </div>
    </>
  );
}

function SubjectHeader({ resource, subtitle }: { resource: DesignResource; subtitle: string }) {
  return (
    <header className="flex flex-none items-center gap-2.5 px-3 pt-3 pb-2.5">
      <ResourceTile type={resource.type} />
      <div className="min-w-0 flex-1">
        <h2 className="truncate text-lg leading-[18px] font-semibold" data-selectable>
          {resource.id}
        </h2>
        <p className="truncate text-xs text-fg-3" title={resource.type}>
          {subtitle}
        </p>
      </div>
      <DropdownMenu items={menuFor({ type: "card", id: resource.id, at: { x: 0, y: 0 } })} align="end">
        <IconButton label={t("More")}>
          <Ellipsis size={16} />
        </IconButton>
      </DropdownMenu>
    </header>
  );
}
