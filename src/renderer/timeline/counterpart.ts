// A trace that repeats a hop beside the one it repeats: which hop of the one is which of the other.
import { useMemo } from "react";
import type { Span, SpanSummary } from "../../model/trace.ts";
import { useSpan, useTraceSpans } from "./openedTrace.ts";
import { originOf } from "./runAgain.ts";
import { spanRows } from "./spanTree.ts";
import { spanTitle } from "./spanWords.ts";

/** The same hop of the run before; null: this trace repeats none, or that run had no such hop. */
export function useCounterpart(summary: SpanSummary | null): Span | null {
  const origin = summary === null ? undefined : originOf(summary.traceId);
  const { value: own } = useTraceSpans(origin === undefined ? null : (summary?.traceId ?? null));
  const { value: before } = useTraceSpans(origin?.traceId ?? null);
  const counterpart = useMemo(
    () => (summary === null || origin === undefined ? null : counterpartOf(summary, own, before, origin.spanId)),
    [summary, origin, own, before],
  );
  return useSpan(counterpart).value;
}

/** By place: the first hop is the one that was repeated, any other the one of the same name and turn below it. */
export function counterpartOf(
  span: SpanSummary,
  own: readonly SpanSummary[],
  before: readonly SpanSummary[],
  originId: string,
): SpanSummary | null {
  const rows = spanRows(own, new Set());
  const repeated = below(before, originId);
  if (rows[0]?.span.spanId === span.spanId) return repeated[0] ?? null;
  const title = spanTitle(span);
  const turn = rows
    .slice(1)
    .filter((row) => spanTitle(row.span) === title)
    .findIndex((row) => row.span.spanId === span.spanId);
  return repeated.slice(1).filter((one) => spanTitle(one) === title)[turn] ?? null;
}

/** A hop and what it caused, in the waterfall's order. */
function below(spans: readonly SpanSummary[], spanId: string): readonly SpanSummary[] {
  const rows = spanRows(spans, new Set());
  const first = rows.findIndex((row) => row.span.spanId === spanId);
  const depth = rows[first]?.depth ?? 0;
  const end = rows.findIndex((row, index) => index > first && row.depth <= depth);
  return first < 0 ? [] : rows.slice(first, end < 0 ? undefined : end).map((row) => row.span);
}
