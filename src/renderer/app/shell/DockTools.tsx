import { useSyncExternalStore, type ReactNode } from "react";
import { createPortal } from "react-dom";

/** Puts a dock panel's own filters and buttons at the right end of the dock's tab row. */
export function DockTools({ children }: { children: ReactNode }) {
  const place = useSyncExternalStore(never, () => document.getElementById("dock-tools"));
  return place === null ? null : createPortal(children, place);
}

/** The place comes and goes with the dock itself, which draws this anew. */
function never(): () => void {
  return () => {};
}
