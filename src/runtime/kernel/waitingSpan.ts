import type { Span } from "../../model/trace.ts";
import type { Waiting } from "./service.ts";

/** What waits now, as a span of the trace that it belongs to: made for who looks, and written once it is over. */
export function waitingSpan(traceId: string, { cause, service, operation, target, since, until, input }: Waiting): Span {
  return {
    traceId,
    spanId: `${cause.spanId}:${operation}:${since}`,
    parentId: cause.spanId,
    links: [],
    kind: "wait",
    service,
    operation,
    actor: { type: "runtime" },
    target,
    startedAt: since,
    endedAt: null,
    ...(until !== undefined && { until }),
    outcome: "running",
    error: null,
    status: null,
    effectCount: 0,
    logCount: 0,
    input,
    output: null,
    effects: [],
    logs: [],
  };
}
