import type { ResourceMetrics } from "../../model/run.ts";
import type { ResourceRef } from "../../model/trace.ts";
import type { Gauge } from "./service.ts";
import type { SpanListener, SpanUnderWay } from "./spanUnderWay.ts";

const tellEveryMilliseconds = 250;
const historySeconds = 60;
/** Durations kept for the percentiles: the latest of each resource. */
const durationsKept = 256;

interface Numbers {
  resource: ResourceRef;
  count: number;
  errors: number;
  throttles: number;
  inFlight: number;
  readonly durations: number[];
  nextDuration: number;
  /** Counts by virtual second, as a ring; `second` says which one a slot holds. */
  readonly seconds: { second: number; count: number; errors: number }[];
}

export interface Metrics extends Pick<SpanListener, "started" | "ended"> {
  onMetrics(listener: (metrics: readonly ResourceMetrics[]) => void): () => void;
  close(): void;
}

/** Numbers per resource from the spans that enter it. Counting is always on, since it costs less than asking; adding up happens only for listeners. */
export function createMetrics(now: () => number, gauges: () => Iterable<Gauge>): Metrics {
  const byName = new Map<string, Numbers>();
  const byRef = new WeakMap<ResourceRef, Numbers>();
  const listeners = new Set<(metrics: readonly ResourceMetrics[]) => void>();
  let timer: NodeJS.Timeout | undefined;

  function numbersOf(resource: ResourceRef): Numbers {
    const known = byRef.get(resource);
    if (known !== undefined) return known;
    const key = `${resource.service}\n${resource.region}\n${resource.name}`;
    let numbers = byName.get(key);
    if (numbers === undefined) {
      numbers = { resource, count: 0, errors: 0, throttles: 0, inFlight: 0, durations: [], nextDuration: 0, seconds: [] };
      byName.set(key, numbers);
    }
    if (resource.logicalId !== undefined) numbers.resource = resource;
    byRef.set(resource, numbers);
    return numbers;
  }

  function tell(): void {
    const byGauge = new Map<Numbers, Record<string, number>>();
    for (const gauge of gauges()) {
      const numbers = numbersOf(gauge.resource);
      const values = byGauge.get(numbers) ?? {};
      values[gauge.name] = gauge.value;
      byGauge.set(numbers, values);
    }
    const second = Math.floor(now() / 1000);
    const metrics = [...byName.values()].map((numbers) => metricsOf(numbers, second, byGauge.get(numbers) ?? {}));
    for (const listener of listeners) listener(metrics);
  }

  return {
    started(span) {
      if (isCounted(span)) numbersOf(span.resource).inFlight++;
    },
    ended(span) {
      if (!isCounted(span)) return;
      const numbers = numbersOf(span.resource);
      const endedAt = span.endedAt ?? span.startedAt;
      const isError = span.outcome === "error" || span.outcome === "dropped";
      numbers.count++;
      // A target that was only known later was not counted as in flight.
      numbers.inFlight = Math.max(0, numbers.inFlight - 1);
      if (isError) numbers.errors++;
      if (span.outcome === "throttled") numbers.throttles++;
      numbers.durations[numbers.nextDuration] = endedAt - span.startedAt;
      numbers.nextDuration = (numbers.nextDuration + 1) % durationsKept;
      const second = Math.floor(endedAt / 1000);
      const slot = (numbers.seconds[second % historySeconds] ??= { second, count: 0, errors: 0 });
      if (slot.second !== second) Object.assign(slot, { second, count: 0, errors: 0 });
      slot.count++;
      if (isError) slot.errors++;
    },
    onMetrics(listener) {
      listeners.add(listener);
      timer ??= setInterval(tell, tellEveryMilliseconds);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    close() {
      clearInterval(timer);
      listeners.clear();
    },
  };
}

/** What somebody asked of the resource. Deploying it (operations of the runtime itself) is not use of it. */
function isCounted(span: SpanUnderWay): span is SpanUnderWay & { resource: ResourceRef } {
  if (span.kind === "operation" && span.calledBy.type === "runtime") return false;
  return span.resource !== null && span.isEntering && span.kind !== "poll" && span.kind !== "wait" && span.kind !== "timer";
}

function metricsOf(numbers: Numbers, second: number, gauges: Record<string, number>): ResourceMetrics {
  const sorted = numbers.durations.toSorted((one, other) => one - other);
  const history = Array.from({ length: historySeconds }, (_, index) => {
    const wanted = second - historySeconds + 1 + index;
    const slot = numbers.seconds[wanted % historySeconds];
    return slot?.second === wanted ? { count: slot.count, errors: slot.errors } : { count: 0, errors: 0 };
  });
  // The second under way is not over: the rate is that of the five before it.
  const recent = history.slice(-6, -1).reduce((sum, slot) => sum + slot.count, 0);
  return {
    resource: numbers.resource,
    count: numbers.count,
    errors: numbers.errors,
    throttles: numbers.throttles,
    inFlight: numbers.inFlight,
    perSecond: recent / 5,
    p50: sorted[Math.floor(sorted.length * 0.5)] ?? null,
    p95: sorted[Math.floor(sorted.length * 0.95)] ?? null,
    history,
    gauges,
  };
}
