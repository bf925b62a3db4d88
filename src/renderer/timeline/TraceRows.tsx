import { ArrowUp } from "lucide-react";
import { useEffect, useRef, type KeyboardEvent } from "react";
import type { TraceSummary } from "../../model/trace.ts";
import { Dot } from "../app/ui/Chip.tsx";
import { ProgressLine } from "../app/ui/ProgressLine.tsx";
import { Button } from "../app/ui/Button.tsx";
import { classes } from "../app/ui/classes.ts";
import { formatClockTime } from "./duration.ts";
import { durationText, toneOf, traceTitle } from "./spanWords.ts";
import { isFiltering, loadOlderTraces, loadTraces, openTrace, setTracesScrolled, showWaiting, useTraceList } from "./traceList.ts";
import { useVirtualRows } from "./virtualRows.ts";
import { t } from "../app/texts/texts.ts";

const ROW_PIXELS = 24;
const END_ROWS = 20;

export interface TraceRowsProps {
  /** Leaves out the clock time where there is little room. */
  isNarrow?: boolean;
  onOpen?(traceId: string): void;
}

/** The traces, newest first. While the list is scrolled or paused, new ones wait under a bar instead of moving it. */
export function TraceRows({ isNarrow = false, onOpen = openTrace }: TraceRowsProps) {
  const { traces, waiting, opened, isLoading, problem, filter } = useTraceList();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualRows({ count: traces.length, scroller, rowPixels: ROW_PIXELS, keyOf: (at) => traces[at]?.traceId ?? at });
  useEffect(() => () => setTracesScrolled(false), []);

  const onScroll = (): void => {
    const element = scroller.current;
    if (element === null) return;
    setTracesScrolled(element.scrollTop > ROW_PIXELS / 2);
    if (element.scrollHeight - element.scrollTop - element.clientHeight < END_ROWS * ROW_PIXELS) void loadOlderTraces();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined || traces.length === 0) return;
    event.preventDefault();
    const from = traces.findIndex((trace) => trace.traceId === opened);
    const at = Math.max(0, Math.min(traces.length - 1, from + step));
    const next = traces[at];
    if (next === undefined) return;
    onOpen(next.traceId);
    virtual.scrollToIndex(at);
  };
  const showNew = (): void => {
    showWaiting();
    scroller.current?.scrollTo({ top: 0 });
  };

  return (
    <>
      {waiting.length > 0 && (
        <button
          type="button"
          onClick={showNew}
          className="flex h-6 flex-none items-center justify-center gap-1.5 border-b border-line bg-accent-soft text-xs font-medium text-accent tabular-nums hover:brightness-110"
        >
          <ArrowUp size={12} />
          {t("{{count}} new", { count: waiting.length })}
        </button>
      )}
      <div className="absolute inset-x-0 top-0 z-10">
        {isLoading && traces.length === 0 && <ProgressLine label={t("Loading traces")} />}
      </div>
      <div
        ref={scroller}
        role="listbox"
        aria-label={t("Traces")}
        aria-activedescendant={opened === null ? undefined : `trace-${opened}`}
        tabIndex={0}
        data-quiet-focus
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        className="group/list min-h-0 flex-1 overflow-auto py-1 outline-none"
      >
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const trace = traces[item.index];
            if (trace === undefined) return null;
            return (
              <TraceRow
                key={item.key}
                trace={trace}
                top={item.start}
                isOpened={trace.traceId === opened}
                isNarrow={isNarrow}
                onOpen={onOpen}
              />
            );
          })}
        </div>
        {traces.length === 0 && !isLoading && (
          <p className="px-3 py-6 text-center text-fg-2">
            {problem ?? (isFiltering(filter) ? t("No trace matches this filter.") : t("No traces yet. Send a request to record one."))}
            {problem !== null && (
              <Button size="compact" className="mx-auto mt-2" onClick={() => void loadTraces()}>
                {t("Try again")}
              </Button>
            )}
          </p>
        )}
      </div>
    </>
  );
}

interface TraceRowProps {
  trace: TraceSummary;
  top: number;
  isOpened: boolean;
  isNarrow: boolean;
  onOpen(traceId: string): void;
}

function TraceRow({ trace, top, isOpened, isNarrow, onOpen }: TraceRowProps) {
  return (
    <div
      id={`trace-${trace.traceId}`}
      role="option"
      aria-selected={isOpened}
      onClick={() => onOpen(trace.traceId)}
      style={{ transform: `translateY(${top}px)` }}
      className={classes(
        "absolute inset-x-0 top-0 flex h-6 items-center gap-2 px-3 whitespace-nowrap tabular-nums",
        isOpened ? "bg-accent-soft shadow-[inset_2px_0_var(--accent)]" : "hover:bg-hover",
      )}
    >
      <Dot tone={toneOf(trace.outcome)} />
      <span className="min-w-0 flex-1 truncate pl-1.5" title={traceTitle(trace)}>
        {traceTitle(trace)}
      </span>
      {trace.errorCount > 0 && trace.outcome !== "error" && <span className="text-xs text-error">{trace.errorCount}</span>}
      {!isNarrow && <span className="font-mono text-xs text-fg-3">{formatClockTime(trace.startedAt)}</span>}
      <span className={classes("w-[54px] flex-none text-right", trace.endedAt === null ? "text-waiting" : "text-fg-2")}>
        {durationText(trace)}
      </span>
    </div>
  );
}
