// The card that the pointer rests on: with its neighbours it stays clear while the rest steps back.
import { create } from "zustand";
import { shownNow } from "./shown.ts";

interface Hovering {
  /** null: everything is clear. */
  readonly id: string | null;
  /** The card and all that are connected with it. */
  readonly near: ReadonlySet<string>;
}

const nothing: Hovering = { id: null, near: new Set() };
/** Passing over cards on the way elsewhere changes nothing. */
const restMilliseconds = 220;
let awaited: string | null = null;
let resting: ReturnType<typeof setTimeout> | undefined;

export const useHovering = create<Hovering>(() => nothing);

/** The pointer moves over a card; a card that comes to lie under a pointer at rest is none of its business. */
export function hoverCard(id: string): void {
  if (id === awaited) return;
  clearTimeout(resting);
  awaited = id;
  resting = setTimeout(() => {
    const { connections } = shownNow();
    const near = new Set([id]);
    for (const { from, to } of connections) {
      if (from === id) near.add(to);
      if (to === id) near.add(from);
    }
    // alone, it has nothing to show
    if (near.size > 1) useHovering.setState({ id, near });
  }, restMilliseconds);
}

export function leaveCard(): void {
  clearTimeout(resting);
  awaited = null;
  if (useHovering.getState().id !== null) useHovering.setState(nothing);
}
