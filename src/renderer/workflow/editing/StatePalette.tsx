import { useState, type DragEvent } from "react";
import { useDesign } from "../../app/stores/design.ts";
import { SearchField } from "../../app/ui/SearchField.tsx";
import { Tooltip } from "../../app/ui/Tooltip.tsx";
import { classes } from "../../app/ui/classes.ts";
import { addToWorkflow } from "./addToWorkflow.ts";
import { endDragging, useDraggedItem } from "./dragging.ts";
import { StateItemTile } from "./StateItemTile.tsx";
import { itemGroups, stateItems, type StateItem } from "./stateItems.ts";
import { stateDragType } from "./useGestures.ts";
import { placeForNew, useWorkflowCanvas } from "./workflowCanvas.ts";
import { t } from "../../app/texts/texts.ts";

/** What a workflow is made of. Drag one onto a line, or press Enter to put it behind the selected state. */
export function StatePalette({ machine }: { machine: string }) {
  const [filter, setFilter] = useState("");
  const resources = useDesign((state) => state.design.resources);
  const words = filter.toLowerCase();
  const items = stateItems(resources, machine).filter(({ title, words: what }) => `${title} ${what}`.toLowerCase().includes(words));
  const groups = Map.groupBy(items, ({ group }) => group);
  return (
    <>
      <div className="px-3 pt-2 pb-1">
        <SearchField label={t("Filter the states")} value={filter} onChange={setFilter} shortcut="/" />
      </div>
      <div className="min-h-0 flex-1 overflow-auto pb-2">
        {itemGroups().map((group) => {
          const inGroup = groups.get(group);
          return inGroup === undefined ? null : (
            <section key={group} aria-label={group}>
              <h3 className="mt-1 flex h-[26px] items-center px-3 text-xs font-medium text-fg-3">{group}</h3>
              <div className="grid grid-cols-[repeat(auto-fill,minmax(90px,1fr))] px-1 pb-0.5">
                {inGroup.map((item) => (
                  <ItemButton key={item.id} item={item} />
                ))}
              </div>
            </section>
          );
        })}
        {items.length === 0 && <p className="px-3 py-3 text-fg-3">{t("No state or task is called “{{filter}}”.", { filter })}</p>}
      </div>
    </>
  );
}

function ItemButton({ item }: { item: StateItem }) {
  const startDrag = (event: DragEvent): void => {
    event.dataTransfer.setData(stateDragType, item.id);
    event.dataTransfer.effectAllowed = "copy";
    useDraggedItem.setState({ title: item.title });
  };
  const isKind = item.resourceType === undefined;
  return (
    <Tooltip text={item.words} side="right">
      <button
        type="button"
        draggable
        onDragStart={startDrag}
        onDragEnd={endDragging}
        onDoubleClick={() => addHere(item)}
        onKeyDown={(event) => event.key === "Enter" && addHere(item)}
        className={classes(
          "flex h-[26px] min-w-0 cursor-grab items-center gap-1.5 rounded-md pl-2 text-[11.5px] whitespace-nowrap hover:bg-hover active:cursor-grabbing",
          !isKind && "col-span-full",
        )}
      >
        <StateItemTile item={item} />
        <span className="truncate">{item.title}</span>
      </button>
    </Tooltip>
  );
}

function addHere(item: StateItem): void {
  const { shown } = useWorkflowCanvas.getState();
  const place = shown === null ? undefined : placeForNew(shown);
  if (shown !== null && place !== undefined) void addToWorkflow(shown.machine, shown.workflow, item, place);
}
