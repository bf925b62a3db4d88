import { Send } from "lucide-react";
import { memo, useDeferredValue, useEffect, useMemo } from "react";
import type { Design } from "../../model/design/design.ts";
import type { RunState } from "../../model/studioApi.ts";
import { useDesign } from "../app/stores/design.ts";
import { useRun } from "../app/stores/run.ts";
import { useSelection } from "../app/stores/selection.ts";
import { EmptyState } from "../app/ui/EmptyState.tsx";
import { SidePane } from "../app/ui/SidePane.tsx";
import { AnswerView } from "./AnswerView.tsx";
import { Composer } from "./Composer.tsx";
import { chooseTarget, loadHistory, useComposer } from "./requestDraft.ts";
import { HistoryList } from "./HistoryList.tsx";
import { SocketComposer } from "./SocketComposer.tsx";
import { SocketLog } from "./SocketLog.tsx";
import { requestTargets, targetOfResource } from "./targets.ts";
import { t } from "../app/texts/texts.ts";

/** The selection that the composer has answered to: it does so once, however often this panel is shown again. */
let followedSelection: string | undefined;

/** Composes requests to whatever the design offers, from the selected node, and shows what came back. */
export function RequestsPanel() {
  const design = useDesign((state) => state.design);
  const run = useRun((state) => state.run);
  const selected = useSelection((state) => (state.resources.length === 1 ? state.resources[0] : undefined));
  // the canvas and the inspector answer first to what is selected and drawn
  return <Requests design={useDeferredValue(design)} run={useDeferredValue(run)} selected={useDeferredValue(selected)} />;
}

interface RequestsProps {
  readonly design: Design;
  readonly run: RunState;
  /** The one resource that is selected. */
  readonly selected: string | undefined;
}

const Requests = memo(function Requests({ design, run, selected }: RequestsProps) {
  const targets = useMemo(() => requestTargets(design, run), [design, run]);
  const { target, isEdited } = useComposer();
  useEffect(() => void loadHistory(), []);

  useEffect(() => {
    if (selected === followedSelection) return;
    followedSelection = selected;
    const fitting = selected === undefined ? undefined : targetOfResource(targets, selected);
    if (fitting !== undefined && !isEdited && fitting.name !== target?.name) void chooseTarget(fitting);
    // A new selection fills the composer; later edits of the design or the draft do not.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [selected]);

  const first = targets.find((one) => one.type === "http" && one.method === "POST") ?? targets[0];
  const isGone = target !== null && !targets.some((one) => one.id === target.id);
  useEffect(() => {
    if (first !== undefined && (target === null || (isGone && !isEdited))) void chooseTarget(first);
  }, [first, target, isGone, isEdited]);

  if (targets.length === 0) {
    return (
      <EmptyState icon={<Send size={18} />} title={t("Nothing to send to yet")}>
        {t(
          "Requests go to routes, functions, state machines, queues and tables. Draw an API with a route, or drop a function on the canvas, and a fitting example is filled in here.",
        )}
      </EmptyState>
    );
  }
  return (
    <div className="absolute inset-0 flex">
      <SidePane
        name="requests.history"
        label={t("Width of the history")}
        side="left"
        width={232}
        min={160}
        max={400}
        className="max-w-[19%]"
      >
        <HistoryList />
      </SidePane>
      <div className="@container min-h-0 min-w-0 flex-1 overflow-hidden">
        {target?.type === "socket" ? <SocketComposer target={target} targets={targets} /> : <Composer targets={targets} />}
      </div>
      <SidePane
        name="requests.answer"
        label={t("Width of the answer")}
        side="right"
        width={440}
        min={260}
        max={800}
        className="max-w-[40%]"
      >
        {target?.type === "socket" ? <SocketLog resource={target.name} /> : <AnswerView />}
      </SidePane>
    </div>
  );
});
