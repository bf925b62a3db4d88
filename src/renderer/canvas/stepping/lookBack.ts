// Looking back while a hop is held: the canvas shows an earlier hop of the same trace, and nothing goes on.
import type { SpanSummary } from "../../../model/trace.ts";
import { call } from "../../app/api.ts";
import { attempt } from "../../app/stores/notices.ts";
import { useHop, type Past } from "./hop.ts";
import { t } from "../../app/texts/texts.ts";

/** One hop back, or forth again until the held one is reached. */
export async function lookBack(step: -1 | 1): Promise<void> {
  const hops = await earlierHops();
  const { past } = useHop.getState();
  const at = past === null ? hops.length : hops.findIndex((one) => one.spanId === past.span.spanId);
  show(hops, at + step);
}

export async function lookAt(spanId: string): Promise<void> {
  const hops = await earlierHops();
  const at = hops.findIndex((one) => one.spanId === spanId);
  show(hops, at < 0 ? hops.length : at);
}

export function lookAtHeld(): void {
  useHop.setState({ past: null });
}

/** Beyond the last of them is the held one. */
function show(hops: readonly SpanSummary[], at: number): void {
  const index = Math.max(0, at);
  const span = hops[index];
  const past: Past | null = span === undefined ? null : { span, hops, index };
  useHop.setState({ past });
}

/** In the order in which they began, without the held one; waits and polls happen at one place and are no hops. */
async function earlierHops(): Promise<readonly SpanSummary[]> {
  const { hop, past } = useHop.getState();
  if (hop === null) return [];
  if (past !== null) return past.hops;
  const { traceId, spanId } = hop.hold.span;
  const spans = await attempt(t("Look back"), () => call("trace.get", { traceId }));
  return (spans ?? [])
    .filter((span) => span.spanId !== spanId && span.target !== null && span.kind !== "wait" && span.kind !== "timer")
    .toSorted((a, b) => a.startedAt - b.startedAt);
}
