import { ChartNoAxesGantt } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import type { Hold } from "../../model/run.ts";
import type { SpanSummary } from "../../model/trace.ts";
import { selectSpan, useSelection } from "../app/stores/selection.ts";
import { Button } from "../app/ui/Button.tsx";
import { Chip } from "../app/ui/Chip.tsx";
import { ResourceTile } from "../app/ui/ResourceIcon.tsx";
import { classes } from "../app/ui/classes.ts";
import { useHop } from "../canvas/stepping/hop.ts";
import { lookAt } from "../canvas/stepping/lookBack.ts";
import { JsonView } from "../editors/json/JsonView.tsx";
import { formatDuration } from "../timeline/duration.ts";
import { spanRows } from "../timeline/spanTree.ts";
import { SpanDetail } from "../timeline/SpanDetail.tsx";
import { resourceName, spanTitle } from "../timeline/spanWords.ts";
import { showTrace } from "../timeline/traceList.ts";
import { t } from "../app/texts/texts.ts";

export interface HopStripProps {
  hold: Hold;
  holds: readonly Hold[];
  spans: readonly SpanSummary[];
  onChoose(holdId: string): void;
}

/** The hops of the held trace on a line, in the order in which they began, and the held message below. */
export function HopStrip({ hold, holds, spans, onChoose }: HopStripProps) {
  const hops = useMemo(
    () =>
      spanRows(spans, new Set())
        .map((row) => row.span)
        .toSorted((a, b) => a.startedAt - b.startedAt),
    [spans],
  );
  const first = hops[0]?.startedAt ?? 0;
  const heldAt = hops.findIndex((span) => span.spanId === hold.span.spanId);
  const past = useHop((state) => (state.hop?.hold.id === hold.id ? state.past : null));
  const chosen = useSelection((state) => past?.span.spanId ?? state.span?.spanId);
  const strip = useRef<HTMLOListElement>(null);
  useEffect(() => {
    strip.current?.scrollTo({ left: strip.current.scrollWidth });
  }, [heldAt]);

  return (
    <>
      <div className="flex h-[26px] flex-none items-center gap-2 px-3 text-xs font-medium text-fg-3">
        {t("Hops of this trace")}
        {holds.length > 1 && (
          <select
            aria-label={t("Held hop")}
            value={hold.id}
            onChange={(event) => onChoose(event.target.value)}
            className="h-5 rounded-sm border border-line bg-input px-1 font-normal text-fg"
          >
            {holds.map((one, at) => (
              <option key={one.id} value={one.id}>
                {t("{{at}} of {{count}}: {{span}}", { at: at + 1, count: holds.length, span: spanTitle(one.span) })}
              </option>
            ))}
          </select>
        )}
        <Button size="compact" look="quiet" className="ml-auto h-5" onClick={() => showTrace(hold.span.traceId, hold.span.spanId)}>
          <ChartNoAxesGantt size={12} />
          {t("Waterfall")}
        </Button>
      </div>
      <ol ref={strip} aria-label={t("Hops of this trace")} className="flex flex-none overflow-x-auto px-2 pt-1 pb-1 [scrollbar-width:none]">
        {hops.map((span, at) => {
          const isHeld = at === heldAt;
          return (
            <li key={span.spanId} className="relative w-[76px] flex-none text-center">
              {at > 0 && (
                <span
                  className={classes(
                    "absolute top-[11px] right-[calc(50%+14px)] left-[calc(-50%+14px)] h-0.5",
                    at <= heldAt ? "bg-accent" : "bg-line-strong",
                  )}
                />
              )}
              <button
                type="button"
                onClick={() => {
                  selectSpan({ traceId: span.traceId, spanId: span.spanId });
                  void lookAt(span.spanId);
                }}
                title={spanTitle(span)}
                className={classes(
                  "relative flex w-full flex-col items-center rounded-md pb-1",
                  chosen === span.spanId && !isHeld && "bg-hover",
                )}
              >
                <span
                  className={classes("rounded-[7px] bg-panel", isHeld && "shadow-[0_0_0_2px_var(--bg-panel),0_0_0_3.5px_var(--accent)]")}
                >
                  <ResourceTile type={span.target?.type ?? ""} size={24} />
                </span>
                <span
                  className={classes(
                    "mt-1.5 w-full truncate px-0.5 text-xs",
                    isHeld ? "font-medium text-accent" : span.outcome === "error" && "text-error",
                  )}
                >
                  {span.kind === "invocation" ? t("invoke") : span.operation}
                </span>
                <span className="text-2xs text-fg-3 tabular-nums">{isHeld ? t("stopped") : formatDuration(span.startedAt - first)}</span>
              </button>
            </li>
          );
        })}
      </ol>
      {past === null ? (
        <HeldMessage hold={hold} />
      ) : (
        <div className="min-h-0 flex-1 border-t border-line">
          <SpanDetail summary={past.span} />
        </div>
      )}
    </>
  );
}

function HeldMessage({ hold }: { hold: Hold }) {
  return (
    <>
      <div className="flex h-7 flex-none items-center gap-2 border-t border-line px-3 text-[11.5px]">
        <span className="flex-none font-semibold">
          {resourceName(hold.span.actor.type === "resource" ? hold.span.actor.resource : null) || t("Request")}
        </span>
        <span className="text-fg-3">→</span>
        <span className="flex-none font-semibold">{resourceName(hold.span.target) || hold.span.service}</span>
        <Chip tone="accent">{hold.span.operation}</Chip>
        <span className="ml-auto truncate text-fg-3">
          {t("{{value}}; edit it on the canvas", {
            value: hold.reason === "breakpoint" ? t("held by a breakpoint") : t("held by step mode"),
          })}
        </span>
      </div>
      <div className="min-h-0 flex-1 border-t border-line">
        <JsonView value={hold.input} label={t("Held message")} />
      </div>
    </>
  );
}
