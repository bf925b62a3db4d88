import { Command as Cmdk } from "cmdk";
import { create } from "zustand";
import { wordFilter } from "../../app/ui/wordFilter.ts";
import { StateTile } from "../StateCard.tsx";
import type { WorkflowState } from "../workflowGraph.ts";
import type { ConnectKind } from "./dragging.ts";
import { connectStates, kindsOfWaysFrom, siblingsOf } from "./stateActions.ts";
import type { WorkflowCanvas } from "./workflowCanvas.ts";
import { perLanguage, t } from "../../app/texts/texts.ts";

/** The state from which a way is drawn by keyboard; null: closed. */
export const useConnectState = create<{ from: string | null }>(() => ({ from: null }));

const meanings = perLanguage((): Record<ConnectKind, string> => ({
  next: t("follows"),
  choice: t("where a new rule leads"),
  default: t("when no rule holds"),
  catch: t("handles an error"),
}));

/** `C` on a state: every state beside it, by what a way there would mean. */
export function ConnectState({ canvas }: { canvas: WorkflowCanvas }) {
  const from = useConnectState((store) => store.from);
  const state = canvas.workflow.states.find(({ id }) => id === from);
  if (state === undefined) return null;
  const close = (): void => useConnectState.setState({ from: null });
  const targets = siblingsOf(canvas.workflow.states, state).filter((one) => one !== state);
  const connect = (kind: ConnectKind, to: WorkflowState | null): void => {
    close();
    connectStates(canvas, state, kind, to?.name ?? null);
  };
  return (
    <>
      <div className="fixed inset-0 z-30" onPointerDown={close} />
      <div
        role="dialog"
        aria-label={t("Connect {{name}} to", { name: state.name })}
        className="pop absolute top-1/6 left-1/2 z-40 w-96 -translate-x-1/2 overflow-hidden rounded-lg border border-line-strong bg-raised shadow-3"
      >
        <Cmdk
          label={t("Connect {{name}} to", { name: state.name })}
          loop
          filter={wordFilter}
          onKeyDown={(event) => event.key === "Escape" && close()}
        >
          <Cmdk.Input
            autoFocus
            placeholder={t("Connect {{name}} to", { name: state.name })}
            className="h-9 w-full border-b border-line bg-transparent px-3 outline-none placeholder:text-fg-3"
          />
          <Cmdk.List className="max-h-80 overflow-auto p-1">
            <Cmdk.Empty className="px-2 py-3 text-fg-3">{t("No such state beside it.")}</Cmdk.Empty>
            {kindsOfWaysFrom(state).flatMap((kind) =>
              [...targets, ...(kind === "next" ? [null] : [])].map((to) => (
                <Cmdk.Item
                  key={`${kind} ${to?.id ?? ""}`}
                  value={`${to?.name ?? "End"} ${meanings()[kind]}`.toLowerCase()}
                  onSelect={() => connect(kind, to)}
                  className="flex h-7 items-center gap-2 rounded-md px-2 data-[selected=true]:bg-accent-soft"
                >
                  <StateTile type={to?.type ?? "Succeed"} size={20} />
                  <span className="truncate">{to?.name ?? t("End")}</span>
                  <span className="ml-auto pl-2 text-xs text-fg-3">{meanings()[kind]}</span>
                </Cmdk.Item>
              )),
            )}
          </Cmdk.List>
        </Cmdk>
      </div>
    </>
  );
}
