import { useEffect, useState, type ReactNode } from "react";
import { createPortal } from "react-dom";

/** Puts a dock panel's own filters and buttons at the right end of the dock's tab row. */
export function DockTools({ children }: { children: ReactNode }) {
  const [place, setPlace] = useState<HTMLElement | null>(null);
  useEffect(() => setPlace(document.getElementById("dock-tools")), []);
  return place === null ? null : createPortal(children, place);
}
