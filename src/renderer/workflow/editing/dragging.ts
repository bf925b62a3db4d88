// What is being dragged over the workflow, and where it would go if it were let go now.
import { create } from "zustand";
import type { Point } from "../../../model/design/curve.ts";
import type { InsertPlace } from "./places.ts";

/** next: also a Choice's new rule, in the state's own words. */
export type ConnectKind = "next" | "choice" | "default" | "catch";

export type Dragging =
  | { readonly type: "item"; readonly title: string }
  | { readonly type: "state"; readonly id: string; readonly name: string; readonly isCopy: boolean }
  /** `targets`: what it may lead to; `way` is led elsewhere when it is given. */
  | {
      readonly type: "connect";
      readonly from: string;
      readonly start: Point;
      readonly kind: ConnectKind;
      readonly targets: ReadonlySet<string>;
      readonly over: string | null;
    };

/** The palette's item that is being dragged: the page may not read a drag's data before it is let go. */
export const useDraggedItem = create<{ title: string }>(() => ({ title: "" }));

interface DragStore {
  dragging: Dragging | null;
  /** On the canvas. */
  at: Point;
  place: InsertPlace | null;
}

const nothing: DragStore = { dragging: null, at: { x: 0, y: 0 }, place: null };

export const useDragging = create<DragStore>(() => nothing);

export function setDragging(change: Partial<DragStore>): void {
  useDragging.setState(change);
}

export function endDragging(): void {
  useDragging.setState(nothing);
}
