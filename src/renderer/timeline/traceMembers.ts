import type { SpanSummary } from "../../model/trace.ts";

/**
 * Tells which spans of the live feed belong to a trace: its own, batches of other traces that serve one of its
 * messages, and everything below those. Ask in the order in which spans come: parents before children.
 */
export function traceMembers(traceId: string): (span: SpanSummary) => boolean {
  const served = new Set<string>();
  return (span) => {
    if (span.traceId === traceId) return true;
    const isBelow = served.has(span.spanId) || (span.parentId !== null && served.has(span.parentId));
    if (!isBelow && !span.links.some((link) => link.traceId === traceId)) return false;
    served.add(span.spanId);
    return true;
  };
}
