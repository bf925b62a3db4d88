import { Command as Cmdk } from "cmdk";
import { useDesign } from "../../app/stores/design.ts";
import { wordFilter } from "../../app/ui/wordFilter.ts";
import { addToWorkflow } from "./addToWorkflow.ts";
import { closeQuickAdd, useWorkflowQuickAdd } from "./quickAddStore.ts";
import { StateItemTile } from "./StateItemTile.tsx";
import { itemGroups, stateItems } from "./stateItems.ts";
import type { WorkflowCanvas } from "./workflowCanvas.ts";
import { t } from "../../app/texts/texts.ts";

const size = { width: 288, height: 340 };

/** `/` or a plus on a way: type what to add, Enter puts it there. */
export function WorkflowQuickAdd({ canvas }: { canvas: WorkflowCanvas }) {
  const open = useWorkflowQuickAdd((state) => state.open);
  const resources = useDesign((state) => state.design.resources);
  if (open === null) return null;
  const { client, place } = open;
  const items = Map.groupBy(stateItems(resources, canvas.machine), ({ group }) => group);
  return (
    <>
      <div className="fixed inset-0 z-30" onPointerDown={closeQuickAdd} />
      <div
        style={{
          left: Math.max(8, Math.min(client.x, window.innerWidth - size.width - 12)),
          top: Math.max(8, Math.min(client.y, window.innerHeight - size.height - 12)),
          width: size.width,
        }}
        className="pop fixed z-40 overflow-hidden rounded-lg border border-line-strong bg-raised shadow-3"
      >
        <Cmdk label={t("Add to the workflow")} loop filter={wordFilter} onKeyDown={(event) => event.key === "Escape" && closeQuickAdd()}>
          <Cmdk.Input
            autoFocus
            placeholder={t("Add {{words}}", { words: place.words })}
            className="h-9 w-full border-b border-line bg-transparent px-3 outline-none placeholder:text-fg-3"
          />
          <Cmdk.List style={{ maxHeight: size.height - 40 }} className="overflow-auto p-1">
            <Cmdk.Empty className="px-2 py-3 text-fg-3">{t("No such state or task.")}</Cmdk.Empty>
            {itemGroups().map((group) => {
              const inGroup = items.get(group);
              return inGroup === undefined ? null : (
                <Cmdk.Group
                  key={group}
                  heading={group}
                  className="[&>[cmdk-group-heading]]:px-2 [&>[cmdk-group-heading]]:py-1 [&>[cmdk-group-heading]]:text-xs [&>[cmdk-group-heading]]:text-fg-3"
                >
                  {inGroup.map((item) => (
                    <Cmdk.Item
                      key={item.id}
                      value={`${item.title} ${item.words} ${item.id}`.toLowerCase()}
                      onSelect={() => {
                        closeQuickAdd();
                        void addToWorkflow(canvas.machine, canvas.workflow, item, place);
                      }}
                      className="flex h-7 items-center gap-2 rounded-md px-2 data-[selected=true]:bg-accent-soft"
                    >
                      <StateItemTile item={item} />
                      <span className="truncate">{item.title}</span>
                      <span className="ml-auto min-w-0 truncate pl-2 text-xs text-fg-3">{item.words}</span>
                    </Cmdk.Item>
                  ))}
                </Cmdk.Group>
              );
            })}
          </Cmdk.List>
        </Cmdk>
      </div>
    </>
  );
}
