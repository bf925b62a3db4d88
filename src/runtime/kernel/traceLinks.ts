// A batch serves messages of several traces and runs in a trace of its own: which traces link to which, so that opening a
// message's trace shows how it went on.
import type { SpanSummary } from "../../model/trace.ts";
import type { Database } from "../storage/database.ts";
import type { SpanUnderWay } from "./spanUnderWay.ts";

export const linksSchema =
  "CREATE TABLE links (to_trace TEXT NOT NULL, trace INTEGER NOT NULL, PRIMARY KEY (to_trace, trace)) WITHOUT ROWID";

/** A message that goes round and round must not fill the screen. */
const maxTracesFollowed = 100;

export interface OrderedSpan {
  readonly summary: SpanSummary;
  /** Tells which began first where the clock says the same. */
  readonly order: number;
}

export interface TraceLinks {
  /** `trace` is the row of the one that links. */
  write(trace: number, toTraces: ReadonlySet<string>): void;
  tracesLinkingTo(traceId: string): readonly string[];
  prune(firstTrace: number): void;
}

export function openTraceLinks(database: Database): TraceLinks {
  const insert = database.prepare("INSERT OR IGNORE INTO links VALUES (?, ?)");
  const find = database.prepare<[string], { trace_id: string }>(
    "SELECT trace_id FROM links JOIN traces ON seq = trace WHERE to_trace = ? ORDER BY trace",
  );
  const remove = database.prepare("DELETE FROM links WHERE trace < ?");
  return {
    write(trace, toTraces) {
      for (const traceId of toTraces) insert.run(traceId, trace);
    },
    tracesLinkingTo: (traceId) => find.all(traceId).map((row) => row.trace_id),
    prune: (firstTrace) => void remove.run(firstTrace),
  };
}

/** Other traces that these spans of one trace link to; undefined: none, as nearly always. */
export function tracesLinkedFrom(spans: readonly SpanUnderWay[]): ReadonlySet<string> | undefined {
  let found: Set<string> | undefined;
  for (const span of spans) {
    for (const link of span.links) if (link.traceId !== span.span.traceId) (found ??= new Set()).add(link.traceId);
  }
  return found;
}

/** Spans of other traces by which this one goes on: those that link to it, what hangs below them, and so forth. */
export function continuations(
  traceId: string,
  own: readonly OrderedSpan[],
  tracesLinkingTo: TraceLinks["tracesLinkingTo"],
  spansOf: (traceId: string) => readonly OrderedSpan[],
): OrderedSpan[] {
  const included = new Set(own.map(({ summary }) => summary.spanId));
  const found: OrderedSpan[] = [];
  const waiting = [traceId];
  const reached = new Set(waiting);
  for (let reachedTrace = waiting.shift(); reachedTrace !== undefined; reachedTrace = waiting.shift()) {
    for (const linking of tracesLinkingTo(reachedTrace)) {
      if (linking === traceId) continue;
      const spans = spansOf(linking).filter(({ summary }) => !included.has(summary.spanId));
      const heads = spans.filter(({ summary }) => summary.links.some((link) => included.has(link.spanId)));
      for (const span of withDescendants(heads, spans)) {
        included.add(span.summary.spanId);
        found.push(span);
      }
      if (heads.length === 0 || reached.has(linking) || reached.size >= maxTracesFollowed) continue;
      reached.add(linking);
      waiting.push(linking);
    }
  }
  return found;
}

function withDescendants(heads: readonly OrderedSpan[], spans: readonly OrderedSpan[]): ReadonlySet<OrderedSpan> {
  const childrenOf = Map.groupBy(spans, ({ summary }) => summary.parentId);
  const all = new Set(heads);
  // a set that grows while it is walked is walked to its new end
  for (const span of all) for (const child of childrenOf.get(span.summary.spanId) ?? []) all.add(child);
  return all;
}
