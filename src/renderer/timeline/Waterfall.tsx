import { MousePointerClick } from "lucide-react";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { SpanSummary } from "../../model/trace.ts";
import { clockNow, useLive } from "../app/stores/live.ts";
import { selectSpan } from "../app/stores/selection.ts";
import { EmptyState } from "../app/ui/EmptyState.tsx";
import { ProgressLine } from "../app/ui/ProgressLine.tsx";
import { formatDuration } from "./duration.ts";
import { useMeasuredWidth } from "../app/ui/measuredWidth.ts";
import { spanRows } from "./spanTree.ts";
import { outcomeText } from "./spanWords.ts";
import { TimeAxis, TimeGaps } from "./TimeAxis.tsx";
import { timeScale, type TimeScale } from "./timeScale.ts";
import { INDENT_PIXELS, WaterfallRow } from "./WaterfallRow.tsx";
import { useVirtualRows } from "./virtualRows.ts";
import { t } from "../app/texts/texts.ts";

const ROW_PIXELS = 20;
/** Kept free at the right, so that the last bar's label has room. */
const LABEL_ROOM = 56;
const noSpans: ReadonlySet<string> = new Set();

/** Long chains of hops are indented far: their names get more of the room. */
function widthOfNames(width: number, deepest: number): number {
  const wanted = 150 + deepest * INDENT_PIXELS;
  return Math.round(Math.max(160, Math.min(300, Math.max(width * 0.4 - 16, Math.min(wanted, width * 0.55)))));
}

export interface WaterfallProps {
  spans: readonly SpanSummary[];
  selected: string | null;
  isLoading: boolean;
  traceId: string | null;
}

/** Every hop of a trace over time, nested by cause; idle gaps are drawn narrow and say how long they were. */
export function Waterfall({ spans, selected, isLoading, traceId }: WaterfallProps) {
  // What was collapsed holds for the trace in which it was.
  const [folds, setFolds] = useState<{ readonly traceId: string | null; readonly spanIds: ReadonlySet<string> }>({
    traceId,
    spanIds: noSpans,
  });
  const collapsed = folds.traceId === traceId ? folds.spanIds : noSpans;
  const rows = useMemo(() => spanRows(spans, collapsed), [spans, collapsed]);

  const [width, measure] = useMeasuredWidth();
  const nameWidth = widthOfNames(
    width,
    rows.reduce((deepest, { depth }) => Math.max(deepest, depth), 0),
  );
  const isRunning = spans.some((span) => span.endedAt === null);
  const now = useRunningNow(isRunning);
  const scale = useMemo(
    () => (spans.length === 0 ? null : timeScale(spans, Math.max(80, width - nameWidth - LABEL_ROOM), now)),
    [spans, width, nameWidth, now],
  );

  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualRows({ count: rows.length, scroller, rowPixels: ROW_PIXELS, keyOf: (at) => rows[at]?.span.spanId ?? at });

  const toggle = (spanId: string): void => {
    const next = new Set(collapsed);
    if (!next.delete(spanId)) next.add(spanId);
    setFolds({ traceId, spanIds: next });
  };
  const select = (at: number): void => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, at))];
    if (row === undefined) return;
    selectSpan({ traceId: row.span.traceId, spanId: row.span.spanId });
    virtual.scrollToIndex(rows.indexOf(row));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = rows.findIndex((row) => row.span.spanId === selected);
    const row = rows[at];
    const isOpen = row !== undefined && row.childCount > 0 && !collapsed.has(row.span.spanId);
    if (event.key === "ArrowDown") select(at + 1);
    else if (event.key === "ArrowUp") select(at - 1);
    else if (event.key === "Home") select(0);
    else if (event.key === "End") select(rows.length - 1);
    else if (event.key === "ArrowLeft" && row !== undefined && isOpen) toggle(row.span.spanId);
    else if (event.key === "ArrowLeft" && row !== undefined)
      select(rows.findLastIndex((other, index) => index < at && other.depth < row.depth));
    else if (event.key === "ArrowRight" && row !== undefined && row.childCount > 0 && !isOpen) toggle(row.span.spanId);
    else if (event.key === "ArrowRight") select(at + 1);
    else return;
    event.preventDefault();
  };

  if (traceId === null) {
    return (
      <EmptyState icon={<MousePointerClick size={18} />} title={t("Choose a trace")}>
        {t("Its hops appear here over time, each nested under what caused it.")}
      </EmptyState>
    );
  }
  return (
    <div ref={measure} className="relative flex h-full min-h-0 flex-col">
      {isLoading && spans.length === 0 && <ProgressLine label={t("Loading the trace")} />}
      {scale !== null && (
        <>
          <div className="flex h-6 flex-none items-center pl-3 text-2xs text-fg-3 tabular-nums">
            <span style={{ width: nameWidth - 12 }} className="flex-none truncate pr-2 text-xs text-fg-2">
              {summaryOf(spans, scale)}
            </span>
            <TimeAxis scale={scale} />
          </div>
          <div
            ref={scroller}
            role="tree"
            aria-label={t("Hops")}
            aria-activedescendant={selected === null ? undefined : `span-${selected}`}
            tabIndex={0}
            data-quiet-focus
            onKeyDown={onKeyDown}
            className="group/waterfall min-h-0 flex-1 overflow-x-hidden overflow-y-auto pb-2 outline-none"
          >
            <div className="relative" style={{ height: virtual.getTotalSize() }}>
              <TimeGaps scale={scale} left={nameWidth} />
              {virtual.getVirtualItems().map((item) => {
                const row = rows[item.index];
                if (row === undefined) return null;
                return (
                  <WaterfallRow
                    key={item.key}
                    row={row}
                    top={item.start}
                    scale={scale}
                    now={now}
                    nameWidth={nameWidth}
                    openedTraceId={traceId}
                    isSelected={row.span.spanId === selected}
                    isCollapsed={collapsed.has(row.span.spanId)}
                    onToggle={toggle}
                  />
                );
              })}
            </div>
          </div>
        </>
      )}
    </div>
  );
}

function summaryOf(spans: readonly SpanSummary[], scale: TimeScale): string {
  const root = spans.find((span) => span.parentId === null) ?? spans[0];
  const first = scale.pieces[0]?.from ?? 0;
  const last = scale.pieces.at(-1)?.to ?? first;
  const isRunning = spans.some((span) => span.endedAt === null);
  const parts = [isRunning ? t("running") : formatDuration(last - first), t("{{count}} hops", { count: spans.length })];
  if (root?.status !== null && root?.status !== undefined) parts.push(outcomeText(root));
  return parts.join(" · ");
}

const REFRESH_MILLISECONDS = 250;

/** Virtual time, told often enough to see running bars grow; still when nothing runs. */
function useRunningNow(isRunning: boolean): number {
  const [now, setNow] = useState(() => clockNow(useLive.getState()));
  useEffect(() => {
    if (!isRunning) return;
    const update = (): void => setNow(clockNow(useLive.getState()));
    update();
    const timer = setInterval(update, REFRESH_MILLISECONDS);
    return () => clearInterval(timer);
  }, [isRunning]);
  return now;
}
