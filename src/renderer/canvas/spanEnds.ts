import type { SpanSummary } from "../../model/trace.ts";
import { liveKey } from "../app/stores/live.ts";

export interface Ends {
  readonly from: string | null;
  readonly to: string;
}

/** Between which two cards a span runs: who began it, or whose work caused it, and what it goes to. */
export function endsOf(span: SpanSummary, parentOf: (spanId: string) => SpanSummary | undefined): Ends | null {
  if (span.target === null) return null;
  const to = liveKey(span.target);
  const actor = span.actor.type === "resource" ? liveKey(span.actor.resource) : null;
  if (actor !== null && actor !== to) return { from: actor, to };
  for (
    let parent = span.parentId === null ? undefined : parentOf(span.parentId);
    parent !== undefined;
    parent = parent.parentId === null ? undefined : parentOf(parent.parentId)
  ) {
    if (parent.target !== null && liveKey(parent.target) !== to) return { from: liveKey(parent.target), to };
  }
  return { from: null, to };
}
