// What a table consumed while somebody looks: the last half minute of its live numbers.
import { useEffect, useState } from "react";
import { useMetrics } from "../../app/stores/live.ts";

export interface CapacitySample {
  readonly read: number;
  readonly write: number;
  readonly throttled: number;
}

const SAMPLES = 120;

export function useCapacity(key: string): { readonly now: CapacitySample; readonly samples: readonly CapacitySample[] } {
  const metrics = useMetrics(key);
  const [samples, setSamples] = useState<readonly CapacitySample[]>([]);
  useEffect(() => {
    if (metrics === undefined) return;
    const timer = setTimeout(() => setSamples((before) => [...before.slice(1 - SAMPLES), sampleOf(metrics.gauges)]));
    return () => clearTimeout(timer);
  }, [metrics]);
  return { now: sampleOf(metrics?.gauges ?? {}), samples };
}

function sampleOf(gauges: Readonly<Record<string, number>>): CapacitySample {
  return { read: gauges["readUnits"] ?? 0, write: gauges["writeUnits"] ?? 0, throttled: gauges["throttledUnits"] ?? 0 };
}
