import type { Bus } from "./buses.ts";
import type { BusEvent } from "./event.ts";

/** An event that came to a bus, for whoever looks. */
export interface RecentEvent {
  readonly number: number;
  readonly event: BusEvent;
  readonly at: number;
  /** Names of the rules that it matched when it came. */
  readonly matched: readonly string[];
  readonly traceId: string;
}

const keptOfEachBus = 200;

/** The last events of each bus, while the runtime runs: traces keep them longer. */
export class RecentEvents {
  readonly #byBus = new Map<string, RecentEvent[]>();
  #count = 0;

  add({ bus, ...event }: Omit<RecentEvent, "number"> & { readonly bus: Pick<Bus, "region" | "name"> }): void {
    const key = `${bus.region}/${bus.name}`;
    const kept = this.#byBus.get(key) ?? [];
    this.#byBus.set(key, kept);
    kept.push({ ...event, number: ++this.#count });
    if (kept.length > keptOfEachBus) kept.shift();
  }

  /** The newest first. */
  of({ region, name }: Pick<Bus, "region" | "name">): readonly RecentEvent[] {
    return (this.#byBus.get(`${region}/${name}`) ?? []).toReversed();
  }
}
