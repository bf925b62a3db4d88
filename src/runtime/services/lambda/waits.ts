import type { Waiting } from "../../kernel/service.ts";

/** What backs off now, for people who look at its trace. */
export class Waits {
  readonly #waits = new Set<Waiting>();

  /** Returns how to end it. */
  begin(wait: Waiting): () => void {
    this.#waits.add(wait);
    return () => void this.#waits.delete(wait);
  }

  of(traceId: string): readonly Waiting[] {
    return [...this.#waits].filter(({ cause }) => cause.traceId === traceId);
  }
}
