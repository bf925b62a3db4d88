import { ChevronRight } from "lucide-react";
import { useState, type DragEvent } from "react";
import { allDefinitions, categoryTitles } from "../app/resourceTypes.ts";
import { useDesign } from "../app/stores/design.ts";
import { showExplorer } from "../app/stores/layout.ts";
import { ResourceTile } from "../app/ui/ResourceIcon.tsx";
import { SearchField } from "../app/ui/SearchField.tsx";
import { Count } from "../app/ui/Tabs.tsx";
import { classes } from "../app/ui/classes.ts";
import { Tooltip } from "../app/ui/Tooltip.tsx";
import { otherTypes } from "../canvas/designActions.ts";
import { addOtherToMiddle, addToMiddle } from "../canvas/canvasView.ts";
import { paletteDragType, paletteItems, type PaletteItem } from "../canvas/paletteItems.ts";
import { t } from "../app/texts/texts.ts";

const maxOthers = 20;

/** What can be drawn. Drag one onto the canvas, or press Enter to put it in the middle. */
export function Palette() {
  const [filter, setFilter] = useState("");
  const resourceCount = useDesign((state) => state.design.resources.length);
  const words = filter.toLowerCase();
  const items = paletteItems(allDefinitions()).filter((item) => item.searchText.includes(words));
  const others = otherTypes(filter, maxOthers);
  const groups = Map.groupBy(items, (item) => item.type.category);

  return (
    <>
      <div className="px-3 pt-2 pb-1">
        <SearchField label={t("Filter the palette")} value={filter} onChange={setFilter} shortcut="/" />
      </div>
      <div className="min-h-0 flex-1 overflow-auto pb-2">
        {categoryTitles().map(([category, title]) => {
          const group = groups.get(category);
          return group === undefined ? null : (
            <section key={category} aria-label={title}>
              <h3 className="mt-1 flex h-[26px] items-center px-3 text-xs font-medium text-fg-3">{title}</h3>
              <div className="grid grid-flow-row-dense grid-cols-[repeat(auto-fill,minmax(90px,1fr))] pb-0.5 pl-1">
                {group.map((item) => (
                  <PaletteButton key={item.id} item={item} />
                ))}
              </div>
            </section>
          );
        })}
        {others.length > 0 && (
          <section aria-label={t("Other CloudFormation types")}>
            <h3 className="mt-1 flex h-[26px] items-center px-3 text-xs font-medium text-fg-3">{t("Other CloudFormation types")}</h3>
            {others.map((type) => (
              <button
                key={type}
                type="button"
                onDoubleClick={() => addOtherToMiddle(type)}
                onKeyDown={(event) => event.key === "Enter" && addOtherToMiddle(type)}
                title={t("{{type}}: double click or Enter adds it", { type })}
                className="flex h-[26px] w-full items-center gap-1.5 px-3 text-left text-[11.5px] hover:bg-hover"
              >
                <ResourceTile type={type} size={20} />
                <span className="truncate">{type.replace(/^AWS::/, "")}</span>
              </button>
            ))}
          </section>
        )}
        {items.length + others.length === 0 && (
          <p className="px-3 py-3 text-fg-3">
            {t("Neither the palette nor CloudFormation has anything called “{{filter}}”. Clear the filter to see all that can be drawn.", {
              filter,
            })}
          </p>
        )}
      </div>
      <button
        type="button"
        onClick={() => showExplorer("outline")}
        className="flex h-[34px] flex-none items-center gap-1.5 border-t border-line px-3 text-xs font-medium text-fg-3 hover:text-fg"
      >
        <ChevronRight size={12} />
        {t("Outline")}
        <span className="ml-auto">
          <Count value={resourceCount} />
        </span>
      </button>
    </>
  );
}

/** Longer titles take the whole row; shorter ones that follow fill what is left beside others. */
const mostCharactersOfHalf = 10;

function PaletteButton({ item }: { item: PaletteItem }) {
  const startDrag = (event: DragEvent): void => {
    event.dataTransfer.setData(paletteDragType, item.id);
    event.dataTransfer.effectAllowed = "copy";
  };
  return (
    <Tooltip text={t("{{type}}: drag it onto the canvas; double click or Enter adds it", { type: item.type.type })} side="right">
      <button
        type="button"
        draggable
        onDragStart={startDrag}
        onDoubleClick={() => addToMiddle(item)}
        onKeyDown={(event) => event.key === "Enter" && addToMiddle(item)}
        className={classes(
          "flex h-[26px] min-w-0 cursor-grab items-center gap-1 rounded-md pl-2 text-[11.5px] whitespace-nowrap hover:bg-hover active:cursor-grabbing",
          item.entry.title.length > mostCharactersOfHalf && "col-span-2",
        )}
      >
        <ResourceTile type={item.type.type} size={20} icon={item.icon} />
        <span className="truncate">{item.entry.title}</span>
      </button>
    </Tooltip>
  );
}
