// Boxes by the squares of the canvas that they lie in, so that thousands are not asked about each line and label.
import type { Box } from "./curve.ts";

export interface Cells<B extends Box> {
  add(box: B): void;
  /** Those that share at least an edge with this area. */
  within(area: Box): B[];
}

const size = 256;

export function cellsOf<B extends Box>(boxes: readonly B[]): Cells<B> {
  const all: B[] = [];
  const cells = new Map<number, B[]>();
  const add = (box: B): void => {
    all.push(box);
    forEachCell(box, (key) => {
      const held = cells.get(key);
      if (held === undefined) cells.set(key, [box]);
      else held.push(box);
    });
  };
  boxes.forEach(add);
  return {
    add,
    within(area) {
      // of an area with more squares than there are boxes, each box is asked
      if ((area.width / size) * (area.height / size) > all.length) return all.filter((box) => meet(box, area));
      const found = new Set<B>();
      forEachCell(area, (key) => {
        for (const box of cells.get(key) ?? []) if (meet(box, area)) found.add(box);
      });
      return [...found];
    },
  };
}

/** Cells further out than this share their numbers with others, which costs time only. */
const across = 65_536;

function forEachCell({ x, y, width, height }: Box, visit: (key: number) => void): void {
  for (let column = Math.floor(x / size); column <= Math.floor((x + width) / size); column++)
    for (let row = Math.floor(y / size); row <= Math.floor((y + height) / size); row++) visit(column * across + row);
}

function meet(a: Box, b: Box): boolean {
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;
}
