// Undo and redo over the design as a whole: template text and canvas positions together, whether a card was dragged, a
// form filled in or the text typed.
import { create } from "zustand";
import type { Canvas } from "../../../model/design/design.ts";

export interface DesignState {
  readonly text: string;
  readonly canvas: Canvas;
}

export type ChangeOrigin = "canvas" | "text" | "disk";

interface Entry {
  readonly label: string;
  readonly origin: ChangeOrigin;
  /** As it was before the change. */
  readonly before: DesignState;
}

export interface History {
  past: readonly Entry[];
  future: readonly Entry[];
}

const maxEntries = 300;
const typingPauseMilliseconds = 800;
let lastTyped = 0;

export const useHistory = create<History>(() => ({ past: [], future: [] }));

export function clearHistory(): void {
  useHistory.setState({ past: [], future: [] });
}

/** Call before the change. Keystrokes that follow each other closely are one step. */
export function recordChange(label: string, origin: ChangeOrigin, before: DesignState): void {
  const now = performance.now();
  const { past } = useHistory.getState();
  const isSameTyping = origin === "text" && past.at(-1)?.origin === "text" && now - lastTyped < typingPauseMilliseconds;
  lastTyped = origin === "text" ? now : 0;
  if (isSameTyping) {
    useHistory.setState({ future: [] });
    return;
  }
  useHistory.setState({ past: [...past.slice(1 - maxEntries), { label, origin, before }], future: [] });
}

/** Takes one step back; gives what to show then, or undefined when there is nothing to undo. */
export function stepBack(current: DesignState): Entry | undefined {
  const { past, future } = useHistory.getState();
  const entry = past.at(-1);
  if (entry === undefined) return undefined;
  lastTyped = 0;
  useHistory.setState({ past: past.slice(0, -1), future: [...future, { ...entry, before: current }] });
  return entry;
}

export function stepForward(current: DesignState): Entry | undefined {
  const { past, future } = useHistory.getState();
  const entry = future.at(-1);
  if (entry === undefined) return undefined;
  lastTyped = 0;
  useHistory.setState({ past: [...past, { ...entry, before: current }], future: future.slice(0, -1) });
  return entry;
}
