import type { Kernel } from "../../kernel/service.ts";
import type { Table } from "./table.ts";
import type { TableIndex } from "./tableSettings.ts";
import type { TableStates } from "./tableStates.ts";
import { transitionSeconds } from "./tableStates.ts";
import type { Tables } from "./tables.ts";

const itemsAtOnce = 500;

/** Fills global indexes that were added to large tables, a few items at a time, so that the table is read and written meanwhile. */
export class Backfills {
  readonly #kernel: Kernel;
  readonly #tables: Tables;
  readonly #states: TableStates;
  readonly #running = new Map<Table, { readonly done: Promise<void>; readonly hurry: AbortController }>();
  #isStopped = false;

  constructor(kernel: Kernel, tables: Tables, states: TableStates) {
    this.#kernel = kernel;
    this.#tables = tables;
    this.#states = states;
  }

  /** Goes on with what a runtime before this one left unfinished. */
  arm(): void {
    for (const table of this.#tables.all()) this.fill(table);
  }

  /** Fills what indexes of a table still have to be filled. */
  fill(table: Table): void {
    if (this.#running.has(table) || !table.indexes.some((index) => index.isBackfilling)) return;
    const hurry = new AbortController();
    const done = this.#fillAll(table, hurry.signal).finally(() => this.#running.delete(table));
    this.#running.set(table, { done, hurry });
  }

  /** Resolves when all indexes of a table can be read, without the time that AWS would take. */
  async finish(table: Table): Promise<void> {
    const running = this.#running.get(table);
    running?.hurry.abort();
    await running?.done;
  }

  stop(): void {
    this.#isStopped = true;
    for (const { hurry } of this.#running.values()) hurry.abort();
  }

  async #fillAll(table: Table, hurry: AbortSignal): Promise<void> {
    for (let index = next(table); index !== undefined && !this.#isStopped; index = next(table)) {
      if (this.#states.areRealistic) {
        const { name, region } = table;
        const resource = { service: "dynamodb", type: "AWS::DynamoDB::Table", name, region };
        const title = `${name}: index ${index.name} is filled`;
        // Aborted, it is not waited for.
        await this.#kernel.clock.sleep(transitionSeconds.index * 1000, { title, resource }, hurry).catch(() => {});
      }
      const { column } = index;
      for (let last: number | null = 0; last !== null && this.#goesOn(table, column); last = table.backfill(index, last, itemsAtOnce))
        await new Promise(setImmediate);
      if (this.#goesOn(table, column)) this.#tables.finishIndex(table, column);
    }
  }

  /** Until the index or its table is deleted. */
  #goesOn(table: Table, column: number): boolean {
    return (
      !this.#isStopped && this.#tables.find(table.region, table.name) === table && table.indexes.some((index) => index.column === column)
    );
  }
}

function next(table: Table): TableIndex | undefined {
  return table.indexes.find((index) => index.isBackfilling);
}
