// A drag of cards from its begin to its end: where they stand meanwhile, what they are in line with, whether copies are made.
import { create } from "zustand";
import type { Box, Point } from "../../../model/design/curve.ts";
import { boundsOf } from "../../../model/design/geometry.ts";
import type { Positions } from "../placement.ts";
import { snapTo, type Guide } from "./snapping.ts";
import type { Gap } from "./spacing.ts";

interface DragView {
  readonly guides: readonly Guide[];
  readonly gaps: readonly Gap[];
  /** Where the cards stood before, while copies of them are dragged. */
  readonly originals: readonly Box[];
  /** The group that the cards would join if they were let go. */
  readonly joins: string | null;
}

const nothing: DragView = { guides: [], gaps: [], originals: [], joins: null };
const grid = 4;
/** How near an edge must come to another's line, on screen. */
const reachPixels = 6;

export const useDragView = create<DragView>(() => nothing);

export interface Dragged extends Box {
  readonly id: string;
}

export interface DragKeys {
  /** Copies are dragged, the cards stay. */
  readonly isCopying: boolean;
  /** Nothing helps: cards stand where the pointer has them. */
  readonly isFree: boolean;
}

export interface Drag {
  /** Where each dragged card stands while the pointer has this one at `place`. */
  move(id: string, place: Point, keys: DragKeys): Positions;
  /** How far it went, and where the cards stand then; null: nowhere, or it was given up. */
  end(): { readonly by: Point; readonly positions: Positions; readonly joins: string | null } | null;
  giveUp(): void;
  readonly isGivenUp: boolean;
}

/** `groups`: open ones that none of the dragged cards is in. */
export function beginDrag(dragged: readonly Dragged[], others: readonly Box[], zoom: number, groups: readonly Dragged[] = []): Drag {
  const bounds = boundsOf(dragged) ?? { x: 0, y: 0, width: 0, height: 0 };
  let by: Point = { x: 0, y: 0 };
  let isGivenUp = false;
  const positions = (): Positions =>
    Object.fromEntries(dragged.map(({ id, x, y }) => [id, { x: Math.round(x + by.x), y: Math.round(y + by.y) }]));
  return {
    move(id, place, { isCopying, isFree }) {
      const start = dragged.find((one) => one.id === id) ?? bounds;
      const raw = { x: place.x - start.x, y: place.y - start.y };
      const moving = { ...bounds, x: bounds.x + raw.x, y: bounds.y + raw.y };
      const found = isFree ? { by: { x: 0, y: 0 }, guides: [], gaps: [] } : snapTo(moving, others, reachPixels / zoom);
      const isInLine = (axis: "x" | "y"): boolean => [...found.guides, ...found.gaps].some((one) => one.axis === axis);
      const settled = (axis: "x" | "y"): number =>
        isInLine(axis) ? raw[axis] + found.by[axis] : isFree ? Math.round(raw[axis]) : onGrid(start[axis] + raw[axis]) - start[axis];
      by = { x: settled("x"), y: settled("y") };
      const middle = { x: moving.x + moving.width / 2, y: moving.y + moving.height / 2 };
      const over = isCopying ? undefined : groups.find((group) => holds(group, middle));
      useDragView.setState({ guides: found.guides, gaps: found.gaps, originals: isCopying ? dragged : [], joins: over?.id ?? null });
      return positions();
    },
    end() {
      const { joins } = useDragView.getState();
      useDragView.setState(nothing);
      return isGivenUp || (by.x === 0 && by.y === 0) ? null : { by, positions: positions(), joins };
    },
    giveUp() {
      isGivenUp = true;
      useDragView.setState(nothing);
    },
    get isGivenUp() {
      return isGivenUp;
    },
  };
}

function holds(box: Box, { x, y }: Point): boolean {
  return x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;
}

function onGrid(value: number): number {
  return Math.round(value / grid) * grid;
}
