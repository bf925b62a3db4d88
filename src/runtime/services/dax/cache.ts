import type { Json } from "../../../model/json.ts";

const maxEntries = 20_000;

export interface Entry {
  readonly key: string;
  readonly answer: Json;
  readonly storedAt: number;
  readonly expiresAt: number;
  hits: number;
}

/** Answers by what was asked, each for a while; the ones asked for longest ago go first when it is full. */
export class Cache {
  readonly #entries = new Map<string, Entry>();
  hits = 0;
  misses = 0;

  get size(): number {
    return this.#entries.size;
  }

  /** Newest first. */
  all(): Entry[] {
    return [...this.#entries.values()].toReversed();
  }

  find(key: string, now: number): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.expiresAt <= now) {
      this.misses++;
      return undefined;
    }
    this.hits++;
    entry.hits++;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  store(key: string, answer: Json, now: number, ttlMilliseconds: number): void {
    this.#entries.delete(key);
    this.#entries.set(key, { key, answer, storedAt: now, expiresAt: now + ttlMilliseconds, hits: 0 });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= maxEntries) break;
      this.#entries.delete(oldest);
    }
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }
}
