import { ChartNoAxesGantt } from "lucide-react";
import { useEffect, useMemo } from "react";
import type { SpanSummary } from "../../model/trace.ts";
import { DockTools } from "../app/shell/DockTools.tsx";
import { selectSpan, useSelection } from "../app/stores/selection.ts";
import { EmptyState } from "../app/ui/EmptyState.tsx";
import { useTraceSpans } from "./openedTrace.ts";
import { SidePane } from "../app/ui/SidePane.tsx";
import { SpanDetail } from "./SpanDetail.tsx";
import { spanRows } from "./spanTree.ts";
import { TraceFilterBar } from "./TraceFilterBar.tsx";
import { TraceRows } from "./TraceRows.tsx";
import { followTraces, isFiltering, openTrace, useTraceList } from "./traceList.ts";
import { Waterfall } from "./Waterfall.tsx";
import { t } from "../app/texts/texts.ts";

export function TimelinePanel() {
  const { traces, opened, isLoading, filter, problem } = useTraceList();
  useEffect(followTraces, []);

  const newest = traces[0]?.traceId;
  useEffect(() => {
    if (opened === null && newest !== undefined) openTrace(newest);
  }, [opened, newest]);

  const { value: spans, isLoading: isTraceLoading } = useTraceSpans(opened);
  const selected = useSelectedSpan(spans);

  const isEmpty = traces.length === 0 && opened === null && !isLoading && !isFiltering(filter) && problem === null;
  if (isEmpty) {
    return (
      <EmptyState icon={<ChartNoAxesGantt size={18} />} title={t("No traces yet")}>
        {t(
          "Every request that reaches your design is recorded here, hop by hop, with what each one read and changed. Send one from Requests, or call the API from your own client.",
        )}
      </EmptyState>
    );
  }
  return (
    <div className="absolute inset-0 flex">
      <DockTools>
        <TraceFilterBar />
      </DockTools>
      <SidePane
        name="timeline.list"
        label={t("Width of the trace list")}
        side="left"
        width={292}
        min={200}
        max={480}
        className="relative flex max-w-[32%] flex-col"
      >
        <TraceRows />
      </SidePane>
      <div className="min-h-0 min-w-0 flex-1">
        <Waterfall spans={spans} selected={selected?.spanId ?? null} isLoading={isTraceLoading} traceId={opened} />
      </div>
      <SidePane
        name="timeline.detail"
        label={t("Width of the hop's detail")}
        side="right"
        width={316}
        min={240}
        max={640}
        className="max-w-[45%]"
      >
        <SpanDetail summary={selected} spans={spans} />
      </SidePane>
    </div>
  );
}

/** The chosen hop of this trace; before a person has chosen, the innermost failure, else the root. */
function useSelectedSpan(spans: readonly SpanSummary[]): SpanSummary | null {
  const chosen = useSelection((state) => state.span);
  const selected = useMemo(() => spans.find((span) => span.spanId === chosen?.spanId) ?? null, [spans, chosen]);
  const initial = useMemo(() => (selected === null ? initialSpan(spans) : null), [selected, spans]);
  useEffect(() => {
    if (initial !== null) selectSpan({ traceId: initial.traceId, spanId: initial.spanId });
  }, [initial]);
  return selected ?? initial;
}

function initialSpan(spans: readonly SpanSummary[]): SpanSummary | null {
  const rows = spanRows(spans, new Set());
  const failed = rows.filter(({ span }) => span.outcome === "error");
  const deepest = failed.reduce((best, row) => (best === null || row.depth > best.depth ? row : best), failed[0] ?? null);
  return deepest?.span ?? rows[0]?.span ?? null;
}
