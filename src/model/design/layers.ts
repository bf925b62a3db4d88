/** The layered part of the automatic layout: which column each block stands in, and in which order down the column. */

export interface Block {
  readonly id: string;
  readonly height: number;
}

export interface Link {
  readonly from: string;
  readonly to: string;
  /** Where it leaves, measured down from the block's top: a route's row. */
  readonly fromOffset: number;
  readonly toOffset: number;
}

/** A block, or the place that a link takes up where it passes through a column. */
export interface Slot {
  readonly id: string;
  readonly height: number;
  readonly isPassage: boolean;
  readonly before: SlotLink[];
  readonly after: SlotLink[];
}

interface SlotLink {
  readonly slot: Slot;
  /** Down from this slot's top. */
  readonly ownOffset: number;
  /** Down from the other slot's top. */
  readonly otherOffset: number;
}

const passageHeight = 16;
/** Beyond this many passages a design is too tangled for them to help, and they would only cost time. */
const maxPassages = 4_000;
const sweeps = 6;

export function layer(blocks: readonly Block[], links: readonly Link[]): Slot[][] {
  const forward = withoutCycles(blocks, links);
  const ranks = rank(blocks, forward);
  const columns = fill(blocks, forward, ranks);
  order(columns);
  return columns;
}

/** Turns round what would lead back to where it came from, depth first in the order given. */
function withoutCycles(blocks: readonly Block[], links: readonly Link[]): Link[] {
  const leaving = groupBy(links, (link) => link.from);
  const state = new Map<string, "open" | "done">();
  const forward: Link[] = [];
  for (const block of blocks) {
    if (state.has(block.id)) continue;
    // An own stack: a chain of thousands must not exhaust the call stack.
    const stack: { id: string; next: number }[] = [{ id: block.id, next: 0 }];
    state.set(block.id, "open");
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const link = leaving.get(top.id)?.[top.next];
      top.next += 1;
      if (!link) {
        state.set(top.id, "done");
        stack.pop();
        continue;
      }
      if (state.get(link.to) === "open") {
        if (link.from !== link.to) forward.push({ from: link.to, to: link.from, fromOffset: link.toOffset, toOffset: link.fromOffset });
        continue;
      }
      forward.push(link);
      if (state.has(link.to)) continue;
      state.set(link.to, "open");
      stack.push({ id: link.to, next: 0 });
    }
  }
  return forward;
}

/** Longest path from the left, then sources are drawn close to what they feed. */
function rank(blocks: readonly Block[], links: readonly Link[]): Map<string, number> {
  const leaving = groupBy(links, (link) => link.from);
  const waiting = new Map(blocks.map((block) => [block.id, 0]));
  for (const link of links) waiting.set(link.to, (waiting.get(link.to) ?? 0) + 1);
  const ranks = new Map<string, number>();
  const ready = blocks.filter((block) => waiting.get(block.id) === 0).map((block) => block.id);
  const sources = new Set(ready);
  for (let index = 0; index < ready.length; index += 1) {
    const id = ready[index] ?? "";
    const own = ranks.get(id) ?? 0;
    ranks.set(id, own);
    for (const link of leaving.get(id) ?? []) {
      ranks.set(link.to, Math.max(ranks.get(link.to) ?? 0, own + 1));
      const left = (waiting.get(link.to) ?? 1) - 1;
      waiting.set(link.to, left);
      if (left === 0) ready.push(link.to);
    }
  }
  for (const id of sources) {
    const nearest = Math.min(...(leaving.get(id) ?? []).map((link) => ranks.get(link.to) ?? 0));
    if (Number.isFinite(nearest)) ranks.set(id, nearest - 1);
  }
  return ranks;
}

function fill(blocks: readonly Block[], links: readonly Link[], ranks: ReadonlyMap<string, number>): Slot[][] {
  const columns: Slot[][] = [];
  const slots = new Map<string, Slot>();
  const put = (slot: Slot, column: number): Slot => {
    (columns[column] ??= []).push(slot);
    return slot;
  };
  for (const block of blocks) {
    slots.set(block.id, put({ id: block.id, height: block.height, isPassage: false, before: [], after: [] }, ranks.get(block.id) ?? 0));
  }
  let passages = 0;
  for (const link of links) {
    const [from, to] = [slots.get(link.from), slots.get(link.to)];
    if (!from || !to) continue;
    const start = ranks.get(link.from) ?? 0;
    const end = ranks.get(link.to) ?? 0;
    let here = from;
    let offset = link.fromOffset;
    for (let column = start + 1; column < end && passages < maxPassages; column += 1) {
      passages += 1;
      const passage = put(
        { id: `${link.from}>${link.to}@${column}`, height: passageHeight, isPassage: true, before: [], after: [] },
        column,
      );
      join(here, passage, offset, passageHeight / 2);
      here = passage;
      offset = passageHeight / 2;
    }
    join(here, to, offset, link.toOffset);
  }
  return Array.from(columns, (column) => column ?? []);
}

function join(left: Slot, right: Slot, leftOffset: number, rightOffset: number): void {
  left.after.push({ slot: right, ownOffset: leftOffset, otherOffset: rightOffset });
  right.before.push({ slot: left, ownOffset: rightOffset, otherOffset: leftOffset });
}

/** Few crossings: each column in turn is sorted by the mean place of its neighbours, to and fro; the best order stays. */
function order(columns: Slot[][]): void {
  const places = new Map<Slot, number>();
  const note = (column: readonly Slot[]): void => column.forEach((slot, index) => places.set(slot, index));
  columns.forEach(note);
  let best = columns.map((column) => [...column]);
  let fewest = crossings(columns, places);
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep += 1) {
    const isRightward = sweep % 2 === 0;
    const indexes = columns.map((_, index) => (isRightward ? index : columns.length - 1 - index));
    for (const index of indexes) {
      const column = columns[index] ?? [];
      sortColumn(column, places, isRightward);
      note(column);
    }
    const count = crossings(columns, places);
    if (count < fewest) {
      fewest = count;
      best = columns.map((column) => [...column]);
    }
  }
  best.forEach((column, index) => (columns[index] = column));
}

function sortColumn(column: Slot[], places: ReadonlyMap<Slot, number>, isRightward: boolean): void {
  const keys = new Map(
    column.map((slot, index) => {
      const neighbours = isRightward ? slot.before : slot.after;
      if (neighbours.length === 0) return [slot, index];
      // A route's row counts a little, so that functions follow the order of the routes that lead to them.
      const sum = neighbours.reduce((total, link) => total + (places.get(link.slot) ?? 0) + Math.min(link.otherOffset, 9_999) / 10_000, 0);
      return [slot, sum / neighbours.length];
    }),
  );
  const original = new Map(column.map((slot, index) => [slot, index]));
  column.sort((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0) || (original.get(a) ?? 0) - (original.get(b) ?? 0));
}

/** Crossing links between neighbouring columns, counted by inversions. */
function crossings(columns: readonly (readonly Slot[])[], places: ReadonlyMap<Slot, number>): number {
  let total = 0;
  for (const column of columns) {
    const ends = column.flatMap((slot) =>
      slot.after
        .map((link) => ({ out: link.ownOffset, place: places.get(link.slot) ?? 0 }))
        .sort((a, b) => a.out - b.out || a.place - b.place)
        .map((end) => end.place),
    );
    total += inversions(ends);
  }
  return total;
}

/** Binary indexed tree over places: n log n. */
function inversions(ends: readonly number[]): number {
  const size = ends.reduce((most, end) => Math.max(most, end), 0) + 1;
  const tree = new Int32Array(size + 1);
  let count = 0;
  for (let seen = 0; seen < ends.length; seen += 1) {
    const end = ends[seen] ?? 0;
    let notGreater = 0;
    for (let index = end + 1; index > 0; index -= index & -index) notGreater += tree[index] ?? 0;
    count += seen - notGreater;
    for (let index = end + 1; index <= size; index += index & -index) tree[index] = (tree[index] ?? 0) + 1;
  }
  return count;
}

export function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
