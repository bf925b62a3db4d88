import type { Kernel } from "../../kernel/service.ts";
import type { Item } from "./attributeValue.ts";
import { pickKey } from "./keys.ts";
import { NextMoment } from "./nextMoment.ts";
import { plainItem } from "./storedItem.ts";
import type { Table } from "./table.ts";
import type { Tables } from "./tables.ts";
import { secondsOf } from "./ttlAttribute.ts";
import { perform } from "./write.ts";

/** An item that had expired when it was written is still there for so long: AWS takes minutes to days. */
const shortestStayMilliseconds = 60_000;
/** What expired longer ago than this was not meant to: AWS leaves it. */
const longestPastSeconds = 5 * 365 * 86_400;
const itemsAtOnce = 100;

/** Deletes items whose time has come, on the virtual clock; one moment waits per table. */
export class TimeToLive {
  readonly #kernel: Kernel;
  readonly #accountId: string;
  readonly #tables: Tables;
  readonly #next = new Map<Table, NextMoment>();

  constructor(kernel: Kernel, accountId: string, tables: Tables) {
    this.#kernel = kernel;
    this.#accountId = accountId;
    this.#tables = tables;
  }

  /** Begins with all tables whose items expire. */
  arm(): void {
    for (const table of this.#tables.all()) this.watch(table);
  }

  /** To be called when a table's expiry was switched on or off. */
  watch(table: Table): void {
    this.forget(table);
    if (table.expiryAttribute === null) return;
    table.onExpiring = (seconds) => this.#expect(table, seconds);
    this.#expectNext(table);
  }

  forget(table: Table): void {
    table.onExpiring = undefined;
    this.#next.get(table)?.stop();
    this.#next.delete(table);
  }

  stop(): void {
    for (const table of this.#next.keys()) this.forget(table);
  }

  #expect(table: Table, seconds: number): void {
    const { clock } = this.#kernel;
    if (seconds <= this.#horizon()) return;
    const at = Math.max(seconds * 1000, clock.now() + shortestStayMilliseconds);
    this.#nextOf(table).expect(at);
  }

  #nextOf(table: Table): NextMoment {
    const known = this.#next.get(table);
    if (known) return known;
    const resource = this.#tables.ref(table);
    const label = { title: `${resource.logicalId ?? table.name}: items expire`, resource };
    const next = new NextMoment(this.#kernel, label, async () => {
      await this.#sweep(table);
      this.#expectNext(table);
    });
    this.#next.set(table, next);
    return next;
  }

  #expectNext(table: Table): void {
    if (table.onExpiring === undefined) return;
    const next = table.nextExpiry(this.#horizon());
    if (next !== null) this.#expect(table, next);
  }

  async #sweep(table: Table): Promise<void> {
    const { clock } = this.#kernel;
    while (table.onExpiring !== undefined) {
      const items = table.expired(this.#horizon(), clock.now() / 1000, itemsAtOnce);
      if (items.length === 0) return;
      await this.#delete(table, items);
    }
  }

  #delete(table: Table, items: readonly Item[]): Promise<unknown> {
    const resource = this.#tables.ref(table);
    return this.#kernel.work(
      {
        kind: "timer",
        service: "dynamodb",
        operation: "TimeToLive",
        target: resource,
        input: { TableName: table.name, Keys: items.map((item) => plainItem(pickKey(table.schema, item))) },
        run: (_input, call) => {
          let deleted = 0;
          for (const item of items) {
            const isDue = (now: Item | undefined): boolean => {
              const seconds = now && table.expiryAttribute !== null ? secondsOf(now[table.expiryAttribute]) : null;
              return seconds !== null && seconds * 1000 <= call.now();
            };
            // While a breakpoint held the sweep, the item may have got more time.
            const write = { table, key: table.keyOf(item), condition: undefined, returnsItemOnFailure: false, paths: [], isExpiry: true };
            const { before, after } = perform({ ...write, change: (now) => (isDue(now()) ? undefined : now()) }, call);
            if (before === undefined || after !== undefined) continue;
            deleted++;
            const key = JSON.stringify(plainItem(pickKey(table.schema, before)));
            call.effect({ action: "expire", resource, key, before: plainItem(before) });
          }
          return { deleted };
        },
      },
      { cause: null, actor: { type: "resource", resource }, region: table.region, accountId: this.#accountId },
    );
  }

  /** In seconds: what expired before is left alone. */
  #horizon(): number {
    return this.#kernel.clock.now() / 1000 - longestPastSeconds;
  }
}
