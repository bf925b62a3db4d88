import { Command as Cmdk } from "cmdk";
import { StickyNote } from "lucide-react";
import { useState } from "react";
import { create } from "zustand";
import { allDefinitions, categoryTitles } from "../app/resourceTypes.ts";
import { wordFilter } from "../app/ui/wordFilter.ts";
import { ResourceTile } from "../app/ui/ResourceIcon.tsx";
import { toCanvas } from "./canvasView.ts";
import { addNote, freePlaceNear, otherTypes } from "./designActions.ts";
import { addOtherType, addResource } from "./newResources.ts";
import type { Point } from "../../model/design/curve.ts";
import { paletteItems } from "./paletteItems.ts";
import { t } from "../app/texts/texts.ts";

/** Client pixels where the list opens and the resource will stand; null: closed. */
export const useQuickAdd = create<{ at: Point | null }>(() => ({ at: null }));

const size = { width: 256, height: 300 };
const maxOthers = 12;

/** `/` on the canvas: type what to add, Enter puts it under the pointer. */
export function QuickAdd() {
  const at = useQuickAdd((state) => state.at);
  const [words, setWords] = useState("");
  if (at === null) return null;
  const close = (): void => {
    setWords("");
    useQuickAdd.setState({ at: null });
  };
  const place = toCanvas(at);
  const groups = Map.groupBy(paletteItems(allDefinitions()), (item) => item.type.category);
  return (
    <>
      <div className="fixed inset-0 z-30" onPointerDown={close} />
      <div
        style={{
          left: Math.min(at.x, window.innerWidth - size.width - 12),
          top: Math.min(at.y, window.innerHeight - size.height - 12),
          width: size.width,
        }}
        className="pop fixed z-40 overflow-hidden rounded-lg border border-line-strong bg-raised shadow-3"
      >
        <Cmdk label={t("Add to the canvas")} loop filter={wordFilter} onKeyDown={(event) => event.key === "Escape" && close()}>
          <Cmdk.Input
            autoFocus
            value={words}
            onValueChange={setWords}
            placeholder={t("Add a resource")}
            className="h-9 w-full border-b border-line bg-transparent px-3 outline-none placeholder:text-fg-3"
          />
          <Cmdk.List style={{ maxHeight: size.height - 40 }} className="overflow-auto p-1">
            <Cmdk.Empty className="px-2 py-3 text-fg-3">{t("No such resource in the palette.")}</Cmdk.Empty>
            {categoryTitles().map(([category, title]) => {
              const group = groups.get(category);
              return group === undefined ? null : (
                <Cmdk.Group
                  key={category}
                  heading={title}
                  className="[&>[cmdk-group-heading]]:px-2 [&>[cmdk-group-heading]]:py-1 [&>[cmdk-group-heading]]:text-xs [&>[cmdk-group-heading]]:text-fg-3"
                >
                  {group.map((item) => (
                    <Cmdk.Item
                      key={item.id}
                      value={`${item.searchText} ${item.id}`}
                      onSelect={() => {
                        close();
                        addResource(item, freePlaceNear({ x: place.x - 88, y: place.y - 26 }));
                      }}
                      className="flex h-7 items-center gap-2 rounded-md px-2 data-[selected=true]:bg-accent-soft"
                    >
                      <ResourceTile type={item.type.type} size={20} icon={item.icon} />
                      {item.entry.title}
                    </Cmdk.Item>
                  ))}
                </Cmdk.Group>
              );
            })}
            {otherTypes(words, maxOthers).map((type) => (
              <Cmdk.Item
                key={type}
                value={`${type.toLowerCase()} other`}
                onSelect={() => {
                  close();
                  addOtherType(type, freePlaceNear({ x: place.x - 88, y: place.y - 26 }));
                }}
                className="flex h-7 items-center gap-2 rounded-md px-2 data-[selected=true]:bg-accent-soft"
              >
                <ResourceTile type={type} size={20} />
                <span className="truncate">{type.replace(/^AWS::/, "")}</span>
              </Cmdk.Item>
            ))}
            <Cmdk.Item
              value="note text comment"
              onSelect={() => {
                close();
                addNote(place);
              }}
              className="flex h-7 items-center gap-2 rounded-md px-2 data-[selected=true]:bg-accent-soft"
            >
              <span className="grid size-5 place-items-center text-fg-3">
                <StickyNote size={14} />
              </span>
              {t("Note")}
            </Cmdk.Item>
          </Cmdk.List>
        </Cmdk>
      </div>
    </>
  );
}
