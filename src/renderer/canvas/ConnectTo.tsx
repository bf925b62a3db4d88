import { Command as Cmdk } from "cmdk";
import { create } from "zustand";
import { legalTargets, whyNot } from "../../model/design/connectable.ts";
import { designContext, useDesign } from "../app/stores/design.ts";
import { ResourceTile } from "../app/ui/ResourceIcon.tsx";
import { wordFilter } from "../app/ui/wordFilter.ts";
import { currentView } from "./canvasView.ts";
import { connectOrAsk } from "./connecting.ts";
import { t, tData } from "../app/texts/texts.ts";
import { tWords } from "../app/texts/words.ts";

/** The resource from which a connection is drawn by keyboard; null: closed. */
export const useConnectTo = create<{ from: string | null }>(() => ({ from: null }));

const width = 440;

/** `C` on a card: every other resource, what a connection to it would mean, or why there can be none. */
export function ConnectTo() {
  const from = useConnectTo((state) => state.from);
  const design = useDesign((state) => state.design);
  const box = currentView()?.element.getBoundingClientRect();
  if (from === null || box === undefined) return null;
  const at = { x: box.left + (box.width - width) / 2, y: box.top + box.height / 6 };
  const close = (): void => useConnectTo.setState({ from: null });
  const legal = legalTargets(design, from, designContext());
  const legalIds = new Set(legal.map((target) => target.id));
  const others = design.resources.filter((resource) => resource.id !== from && !legalIds.has(resource.id));
  const typeOf = (id: string): string => design.resources.find((resource) => resource.id === id)?.type ?? "";
  return (
    <>
      <div className="fixed inset-0 z-30" onPointerDown={close} />
      <div
        role="dialog"
        aria-label={t("Connect {{from}} to", { from })}
        style={{ left: at.x, top: at.y, width }}
        className="pop fixed z-40 overflow-hidden rounded-lg border border-line-strong bg-raised shadow-3"
      >
        <Cmdk label={t("Connect {{from}} to", { from })} loop filter={wordFilter} onKeyDown={(event) => event.key === "Escape" && close()}>
          <Cmdk.Input
            autoFocus
            placeholder={t("Connect {{from}} to", { from })}
            className="h-9 w-full border-b border-line bg-transparent px-3 outline-none placeholder:text-fg-3"
          />
          <Cmdk.List className="max-h-80 overflow-auto p-1">
            <Cmdk.Empty className="px-2 py-3 text-fg-3">{t("No such resource in the design.")}</Cmdk.Empty>
            {legal.map((target) => (
              <Cmdk.Item
                key={target.id}
                value={target.id}
                onSelect={() => {
                  close();
                  connectOrAsk(from, target, at);
                }}
                className="flex items-center gap-2 rounded-md px-2 py-1 data-[selected=true]:bg-accent-soft"
              >
                <ResourceTile type={typeOf(target.id)} size={20} />
                <span className="min-w-0">
                  <span className="block truncate">{target.id}</span>
                  <span className="block text-xs text-fg-3 in-data-[selected=true]:text-fg-2">
                    {target.rules.map((rule) => tData(rule.meaning)).join(" · ")}
                  </span>
                </span>
              </Cmdk.Item>
            ))}
            {others.map((resource) => (
              <Cmdk.Item key={resource.id} value={resource.id} disabled className="flex items-center gap-2 rounded-md px-2 py-1">
                <span className="opacity-50">
                  <ResourceTile type={resource.type} size={20} />
                </span>
                <span className="min-w-0 text-fg-3">
                  <span className="block truncate">{resource.id}</span>
                  <span className="block text-xs">{tWords(whyNot(design, from, resource.id, designContext()) ?? "")}</span>
                </span>
              </Cmdk.Item>
            ))}
          </Cmdk.List>
        </Cmdk>
      </div>
    </>
  );
}
