// What is selected: shared by canvas, outline, inspector, timeline and the command palette.
import { create } from "zustand";

export interface Selection {
  /** Logical IDs, or `run:` + physical name for what was made at run time. */
  resources: readonly string[];
  /** A connection's id; then no resource is selected. */
  connection: string | null;
  /** A hop chosen in the Timeline: its edge lights up on the canvas. */
  span: { readonly traceId: string; readonly spanId: string } | null;
  /** Counts up when the canvas should bring the selection into view. */
  revealCount: number;
}

export const useSelection = create<Selection>(() => ({ resources: [], connection: null, span: null, revealCount: 0 }));

export function selectResources(resources: readonly string[], { reveal = false } = {}): void {
  useSelection.setState((state) => ({ resources, connection: null, revealCount: state.revealCount + (reveal ? 1 : 0) }));
}

export function selectConnection(connection: string, { reveal = false } = {}): void {
  useSelection.setState((state) => ({ resources: [], connection, revealCount: state.revealCount + (reveal ? 1 : 0) }));
}

export function clearSelection(): void {
  useSelection.setState({ resources: [], connection: null });
}

export function selectSpan(span: Selection["span"]): void {
  useSelection.setState({ span });
}
