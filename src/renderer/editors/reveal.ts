// Opens a file and shows a place in it: used by problems, definitions, breakpoints and log lines.
import { create } from "zustand";
import { fileTabId, openTab } from "../app/stores/layout.ts";

export interface Reveal {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** Exclusive; absent: only the cursor is placed. */
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** The place still to be shown; its editor takes it as soon as it stands. */
export const useReveal = create<{ wanted: Reveal | null }>(() => ({ wanted: null }));

export function revealInEditor(place: Reveal, { beside = false } = {}): void {
  useReveal.setState({ wanted: place });
  openTab({ type: "file", id: fileTabId(place.path), path: place.path }, { beside });
}

/** Takes the place if it is in this file. */
export function takeReveal(path: string): Reveal | null {
  const { wanted } = useReveal.getState();
  if (wanted === null || wanted.path !== path) return null;
  useReveal.setState({ wanted: null });
  return wanted;
}
