import type { SpanSummary } from "../../model/trace.ts";

/** One row of the waterfall. */
export interface SpanRow {
  readonly span: SpanSummary;
  readonly depth: number;
  readonly childCount: number;
  /** 1 for a first try; counted among siblings that do the same to the same resource after a failure. */
  readonly attempt: number;
}

/** Spans nested by cause, children in order of their beginning. A span whose cause is not in the list stands as a root. */
export function spanRows(spans: readonly SpanSummary[], collapsed: ReadonlySet<string>): readonly SpanRow[] {
  const known = new Set(spans.map((span) => span.spanId));
  const childrenOf = new Map<string | null, SpanSummary[]>();
  for (const span of spans) {
    const parent = span.parentId !== null && known.has(span.parentId) ? span.parentId : null;
    const siblings = childrenOf.get(parent);
    if (siblings) siblings.push(span);
    else childrenOf.set(parent, [span]);
  }
  for (const siblings of childrenOf.values()) siblings.sort((a, b) => a.startedAt - b.startedAt || (a.endedAt ?? Infinity) - (b.endedAt ?? Infinity));

  const rows: SpanRow[] = [];
  const visited = new Set<string>();
  const visit = (parent: string | null, depth: number) => {
    const failures = new Map<string, number>();
    for (const span of childrenOf.get(parent) ?? []) {
      if (visited.has(span.spanId)) continue;
      visited.add(span.spanId);
      const what = `${span.service} ${span.operation} ${span.target?.name ?? ""}`;
      const failed = failures.get(what) ?? 0;
      if (span.outcome === "error" || span.outcome === "throttled") failures.set(what, failed + 1);
      rows.push({ span, depth, childCount: childrenOf.get(span.spanId)?.length ?? 0, attempt: failed + 1 });
      if (!collapsed.has(span.spanId)) visit(span.spanId, depth + 1);
    }
  };
  visit(null, 0);
  return rows;
}

/** From the root to this span: what caused it, outermost first. */
export function causesOf(spans: readonly SpanSummary[], spanId: string): readonly SpanSummary[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const chain: SpanSummary[] = [];
  for (let span = byId.get(spanId); span && !chain.includes(span); span = span.parentId === null ? undefined : byId.get(span.parentId)) {
    chain.unshift(span);
  }
  return chain;
}
