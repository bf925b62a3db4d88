import type { Due } from "./service.ts";

export interface DueEntry {
  readonly at: number;
  /** Breaks ties: first come, first served, so that runs repeat. */
  readonly order: number;
  readonly what: Due;
  readonly run: () => void;
  isCancelled: boolean;
}

/** A binary heap of what is due, earliest first. Cancelling marks; marked entries leave when they reach the top or outnumber the rest. */
export class DueQueue {
  #entries: DueEntry[] = [];
  #cancelled = 0;

  get size(): number {
    return this.#entries.length - this.#cancelled;
  }

  push(entry: DueEntry): void {
    this.#entries.push(entry);
    this.#siftUp(this.#entries.length - 1);
  }

  cancel(entry: DueEntry): void {
    if (entry.isCancelled) return;
    entry.isCancelled = true;
    this.#cancelled++;
    if (this.#cancelled > 1000 && this.#cancelled > this.#entries.length / 2) this.#compact();
  }

  peek(): DueEntry | undefined {
    while (this.#entries[0]?.isCancelled) {
      this.#removeTop();
      this.#cancelled--;
    }
    return this.#entries[0];
  }

  pop(): DueEntry | undefined {
    const top = this.peek();
    if (top !== undefined) {
      this.#removeTop();
      // Taken: a later cancel must not count it as one that is still inside.
      top.isCancelled = true;
    }
    return top;
  }

  /** The earliest `limit` entries in order, without disturbing the heap: children are only looked at below taken parents. */
  earliest(limit: number): DueEntry[] {
    const taken: DueEntry[] = [];
    const candidates: number[] = this.#entries.length > 0 ? [0] : [];
    while (candidates.length > 0 && taken.length < limit) {
      let best = 0;
      for (let index = 1; index < candidates.length; index++) {
        if (this.#isBefore(candidates[index] ?? 0, candidates[best] ?? 0)) best = index;
      }
      const [position = 0] = candidates.splice(best, 1);
      const entry = this.#entries[position];
      if (entry !== undefined && !entry.isCancelled) taken.push(entry);
      for (const child of [2 * position + 1, 2 * position + 2]) if (child < this.#entries.length) candidates.push(child);
    }
    return taken;
  }

  #isBefore(left: number, right: number): boolean {
    const one = this.#entries[left];
    const other = this.#entries[right];
    if (one === undefined || other === undefined) return false;
    return isEarlier(one, other);
  }

  #removeTop(): void {
    const last = this.#entries.pop();
    if (last === undefined || this.#entries.length === 0) return;
    this.#entries[0] = last;
    this.#siftDown(0);
  }

  #siftUp(start: number): void {
    const entries = this.#entries;
    const entry = entries[start];
    if (entry === undefined) return;
    let index = start;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = entries[above];
      if (parent === undefined || !isEarlier(entry, parent)) break;
      entries[index] = parent;
      index = above;
    }
    entries[index] = entry;
  }

  #siftDown(start: number): void {
    const entries = this.#entries;
    const entry = entries[start];
    if (entry === undefined) return;
    let index = start;
    for (;;) {
      const left = 2 * index + 1;
      if (left >= entries.length) break;
      const below = left + 1 < entries.length && this.#isBefore(left + 1, left) ? left + 1 : left;
      const child = entries[below];
      if (child === undefined || !isEarlier(child, entry)) break;
      entries[index] = child;
      index = below;
    }
    entries[index] = entry;
  }

  #compact(): void {
    this.#entries = this.#entries.filter((entry) => !entry.isCancelled).sort((one, other) => (isEarlier(one, other) ? -1 : 1));
    this.#cancelled = 0;
  }
}

export function isEarlier(one: DueEntry, other: DueEntry): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
