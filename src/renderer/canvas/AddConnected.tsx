import { Command as Cmdk } from "cmdk";
import { create } from "zustand";
import { rulesWithNew } from "../../model/design/connectable.ts";
import { bend, svgPath, type Point, type Side } from "../../model/design/curve.ts";
import { boxOf } from "../../model/design/geometry.ts";
import type { ConnectionRule } from "../../model/service.ts";
import { allDefinitions } from "../app/resourceTypes.ts";
import { designContext, useDesign } from "../app/stores/design.ts";
import { ResourceTile } from "../app/ui/ResourceIcon.tsx";
import { wordFilter } from "../app/ui/wordFilter.ts";
import { currentView, toCanvas } from "./canvasView.ts";
import { addConnected } from "./newResources.ts";
import { shownNow } from "./shown.ts";
import { paletteItems, type PaletteItem } from "./paletteItems.ts";
import { t, tData } from "../app/texts/texts.ts";

/** A line was dropped where no card stands, or a new one was asked for by keyboard; null: closed. `at` in client pixels. */
export const useAddConnected = create<{ from: string; at: Point } | { from: null }>(() => ({ from: null }));

const size = { width: 300, height: 336 };

interface Offer {
  readonly item: PaletteItem;
  readonly rule: ConnectionRule;
  readonly isBackward: boolean;
}

/** What may stand at the end of a line: chosen, it is added there and connected, in one step. */
export function AddConnected() {
  const open = useAddConnected();
  const design = useDesign((state) => state.design);
  if (open.from === null) return null;
  const { from, at } = open;
  const close = (): void => useAddConnected.setState({ from: null });
  const offers = offersFor(from, design);
  const group = (heading: string, chosen: readonly Offer[]) =>
    chosen.length === 0 ? null : (
      <Cmdk.Group
        heading={heading}
        className="[&>[cmdk-group-heading]]:px-2 [&>[cmdk-group-heading]]:py-1 [&>[cmdk-group-heading]]:text-xs [&>[cmdk-group-heading]]:text-fg-3"
      >
        {chosen.map(({ item, rule, isBackward }) => (
          <Cmdk.Item
            key={`${item.id} ${rule.id}`}
            value={`${item.searchText} ${tData(rule.meaning)} ${item.id} ${rule.id} ${isBackward ? "to" : "from"}`}
            onSelect={() => {
              close();
              addConnected(item, { rule: rule.id, other: from, isBackward }, toCanvas(at));
            }}
            className="flex items-center gap-2 rounded-md px-2 py-1 data-[selected=true]:bg-accent-soft"
          >
            <ResourceTile type={item.type.type} size={20} icon={item.icon} />
            <span className="min-w-0">
              <span className="block truncate">{item.entry.title}</span>
              <span className="block text-xs text-fg-3 in-data-[selected=true]:text-fg-2">{tData(rule.meaning)}</span>
            </span>
          </Cmdk.Item>
        ))}
      </Cmdk.Group>
    );
  return (
    <>
      <div className="fixed inset-0 z-30" onPointerDown={close} />
      <DroppedLine from={from} at={at} />
      <div
        role="dialog"
        aria-label={t("Add after {{from}}", { from })}
        style={{
          left: Math.max(12, Math.min(at.x + 10, window.innerWidth - size.width - 12)),
          top: Math.max(12, Math.min(at.y - 18, window.innerHeight - size.height - 12)),
          width: size.width,
        }}
        className="pop fixed z-40 overflow-hidden rounded-lg border border-line-strong bg-raised shadow-3"
      >
        <Cmdk label={t("Add after {{from}}", { from })} loop filter={wordFilter} onKeyDown={(event) => event.key === "Escape" && close()}>
          <Cmdk.Input
            autoFocus
            placeholder={t("What {{from}} is connected with", { from })}
            className="h-9 w-full border-b border-line bg-transparent px-3 outline-none placeholder:text-fg-3"
          />
          <Cmdk.List style={{ maxHeight: size.height - 40 }} className="overflow-auto p-1">
            <Cmdk.Empty className="px-2 py-3 text-fg-3">
              {offers.length === 0
                ? t("Nothing in the palette can be connected with {{from}}.", { from })
                : t("Nothing of that name fits here.")}
            </Cmdk.Empty>
            {group(
              t("From {{from}}", { from }),
              offers.filter((offer) => !offer.isBackward),
            )}
            {group(
              t("To {{from}}", { from }),
              offers.filter((offer) => offer.isBackward),
            )}
          </Cmdk.List>
        </Cmdk>
      </div>
    </>
  );
}

/** The line that was dropped stays as long as it is not decided what stands at its end. */
function DroppedLine({ from, at }: { from: string; at: Point }) {
  const view = currentView();
  const { resources, positions } = shownNow();
  const resource = resources.find(({ id }) => id === from);
  if (view === null || resource === undefined) return null;
  const box = boxOf(resource, positions);
  const to = toCanvas(at);
  const side: Side = to.x > box.x + box.width ? "right" : to.x < box.x ? "left" : to.y < box.y ? "top" : "bottom";
  const start = {
    right: { x: box.x + box.width, y: box.y + box.height / 2 },
    left: { x: box.x, y: box.y + box.height / 2 },
    top: { x: box.x + box.width / 2, y: box.y },
    bottom: { x: box.x + box.width / 2, y: box.y + box.height },
  }[side];
  const opposite: Side = ({ right: "left", left: "right", top: "bottom", bottom: "top" } as const)[side];
  return (
    <svg aria-hidden className="pointer-events-none fixed inset-0 z-30 size-full">
      <path
        d={svgPath(bend(view.flow.flowToScreenPosition(start), side, at, opposite))}
        fill="none"
        stroke="var(--accent)"
        strokeWidth={2}
        strokeDasharray="5 4"
      />
      <circle cx={at.x} cy={at.y} r={4} fill="var(--accent)" />
    </svg>
  );
}

function offersFor(from: string, design: ReturnType<typeof useDesign.getState>["design"]): readonly Offer[] {
  return paletteItems(allDefinitions()).flatMap((item) => {
    const made = { type: item.type.type, properties: item.entry.properties };
    const { onward, backward } = rulesWithNew(design, from, made, designContext());
    return [
      ...onward.map((rule): Offer => ({ item, rule, isBackward: false })),
      ...backward.map((rule): Offer => ({ item, rule, isBackward: true })),
    ];
  });
}
