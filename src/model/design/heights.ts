import type { Slot } from "./layers.ts";

/** The vertical part of the automatic layout: straight links where the order down each column allows. */

interface Sweep {
  readonly direction: "rightward" | "leftward";
  /** Whose places count. */
  readonly side: "before" | "after" | "both";
}

/** To and fro, then with a look both ways, and at last rightward once more, which makes chains straight. */
const sweeps: readonly Sweep[] = [
  { direction: "rightward", side: "before" },
  { direction: "leftward", side: "after" },
  { direction: "rightward", side: "before" },
  { direction: "leftward", side: "after" },
  { direction: "rightward", side: "both" },
  { direction: "leftward", side: "both" },
  { direction: "leftward", side: "after" },
  { direction: "rightward", side: "before" },
];

/** Top of each slot. Columns keep their order, and neighbours in a column at least `gap` between them. */
export function placeHeights(columns: readonly (readonly Slot[])[], gap: number): Map<Slot, number> {
  const tops = new Map<Slot, number>();
  for (const column of columns) {
    let top = 0;
    for (const slot of column) {
      tops.set(slot, top);
      top += slot.height + (slot.isPassage ? gap / 2 : gap);
    }
  }
  for (const { direction, side } of sweeps) {
    const inOrder = direction === "rightward" ? columns : [...columns].reverse();
    for (const column of inOrder) {
      settle(
        column,
        column.map((slot) => wish(slot, tops, side)),
        tops,
        gap,
      );
    }
  }
  return tops;
}

/** Where its links would be straight: the median, which lets one of them be. */
function wish(slot: Slot, tops: ReadonlyMap<Slot, number>, side: "before" | "after" | "both"): number {
  const links = side === "before" ? slot.before : side === "after" ? slot.after : [...slot.before, ...slot.after];
  if (links.length === 0) return tops.get(slot) ?? 0;
  const wishes = links.map((link) => (tops.get(link.slot) ?? 0) + link.otherOffset - link.ownOffset).sort((a, b) => a - b);
  const middle = (wishes.length - 1) / 2;
  return ((wishes[Math.floor(middle)] ?? 0) + (wishes[Math.ceil(middle)] ?? 0)) / 2;
}

/** As near to the wishes as order and gaps allow: groups that would overlap take the mean of their wishes. */
function settle(column: readonly Slot[], wishes: readonly number[], tops: Map<Slot, number>, gap: number): void {
  const groups: { start: number; sum: number; count: number; value: number }[] = [];
  const offsets: number[] = [];
  let offset = 0;
  column.forEach((slot, index) => {
    offsets.push(offset);
    let group = { start: index, sum: (wishes[index] ?? 0) - offset, count: 1, value: (wishes[index] ?? 0) - offset };
    for (let last = groups.at(-1); last && last.value > group.value; last = groups.at(-1)) {
      groups.pop();
      const [sum, count] = [last.sum + group.sum, last.count + group.count];
      group = { start: last.start, sum, count, value: sum / count };
    }
    groups.push(group);
    offset += slot.height + (slot.isPassage ? gap / 2 : gap);
  });
  groups.forEach((group, index) => {
    const end = groups[index + 1]?.start ?? column.length;
    for (let place = group.start; place < end; place += 1) {
      const slot = column[place];
      if (slot) tops.set(slot, group.value + (offsets[place] ?? 0));
    }
  });
}
