import { Bug } from "lucide-react";
import { useMemo, useState } from "react";
import { useLive } from "../app/stores/live.ts";
import { Button } from "../app/ui/Button.tsx";
import { EmptyState } from "../app/ui/EmptyState.tsx";
import { useTraceSpans } from "../timeline/openedTrace.ts";
import { SidePane } from "../app/ui/SidePane.tsx";
import { Breakpoints } from "./Breakpoints.tsx";
import { CallChain } from "./CallChain.tsx";
import { DueList } from "./DueList.tsx";
import { HopStrip } from "./HopStrip.tsx";
import { setStepping } from "./stepping.ts";
import { t } from "../app/texts/texts.ts";

/** Where it stands still: the hops of the held trace, what caused the held one, breakpoints, and what is due next. */
export function DebugPanel() {
  const { holds, isStepping, breakpoints } = useLive((live) => live.debugger);
  const [chosen, setChosen] = useState<string | null>(null);
  const hold = holds.find((one) => one.id === chosen) ?? holds[0];
  const { value: spans } = useTraceSpans(hold?.span.traceId ?? null);
  // The held span may not have been told to the trace yet.
  const all = useMemo(
    () => (hold === undefined || spans.some((span) => span.spanId === hold.span.spanId) ? spans : [...spans, hold.span]),
    [spans, hold],
  );

  return (
    <div className="absolute inset-0 flex">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        {hold === undefined ? (
          <EmptyState
            icon={<Bug size={18} />}
            title={isStepping ? t("Waiting for the next hop") : t("Nothing is held")}
            action={
              <Button onClick={() => void setStepping(!isStepping)}>{isStepping ? t("Stop stepping") : t("Stop at every hop")}</Button>
            }
          >
            {isStepping
              ? t("The next message between two resources stops here, before it arrives. Send a request.")
              : t(
                  "Stop before every hop, or set a breakpoint on a node or connection from its context menu. A held message can be read, edited, dropped or failed.",
                )}
          </EmptyState>
        ) : (
          <HopStrip hold={hold} holds={holds} spans={all} onChoose={setChosen} />
        )}
      </div>
      <SidePane
        name="debug.stack"
        label={t("Width of the call chain")}
        side="right"
        width={290}
        min={180}
        max={480}
        className="flex max-w-[26%] flex-col overflow-auto pb-2"
      >
        {hold !== undefined && <CallChain spans={all} hold={hold} />}
        <Breakpoints breakpoints={breakpoints} />
      </SidePane>
      <SidePane name="debug.due" label={t("Width of the due list")} side="right" width={420} min={240} max={720} className="max-w-[38%]">
        <DueList />
      </SidePane>
    </div>
  );
}
