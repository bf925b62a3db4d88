// Undo and redo over the design as a whole: template text, canvas positions and definitions of state machines together,
// whether a card was dragged, a form filled in or the text typed.
import { create } from "zustand";
import type { Canvas } from "../../../model/design/design.ts";

export interface DesignState {
  readonly text: string;
  readonly canvas: Canvas;
  /** Texts of other files that the step changed, by path. */
  readonly files?: Readonly<Record<string, string>>;
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
  const last = past.at(-1);
  const isSameTyping =
    origin === "text" &&
    last?.origin === "text" &&
    now - lastTyped < typingPauseMilliseconds &&
    Object.keys(last.before.files ?? {}).join() === Object.keys(before.files ?? {}).join();
  lastTyped = origin === "text" ? now : 0;
  if (isSameTyping) {
    useHistory.setState({ future: [] });
    return;
  }
  useHistory.setState({ past: [...past.slice(1 - maxEntries), { label, origin, before }], future: [] });
}

/** Takes one step back; gives what to show then, or undefined when there is nothing to undo. `current` as the entry's files are now. */
export function stepBack(current: (entry: Entry) => DesignState): Entry | undefined {
  const { past, future } = useHistory.getState();
  const entry = past.at(-1);
  if (entry === undefined) return undefined;
  lastTyped = 0;
  useHistory.setState({ past: past.slice(0, -1), future: [...future, { ...entry, before: current(entry) }] });
  return entry;
}

export function stepForward(current: (entry: Entry) => DesignState): Entry | undefined {
  const { past, future } = useHistory.getState();
  const entry = future.at(-1);
  if (entry === undefined) return undefined;
  lastTyped = 0;
  useHistory.setState({ past: [...past, { ...entry, before: current(entry) }], future: future.slice(0, -1) });
  return entry;
}
