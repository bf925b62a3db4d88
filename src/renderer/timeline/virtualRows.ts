import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import type { RefObject } from "react";

export interface VirtualRows {
  readonly count: number;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly rowPixels: number;
  keyOf(at: number): string | number;
}

const OVERSCAN = 12;

/** Draws only the rows that can be seen, of lists that may have thousands. */
export function useVirtualRows({ count, scroller, rowPixels, keyOf }: VirtualRows): Virtualizer<HTMLDivElement, Element> {
  // oxlint-disable-next-line react/incompatible-library -- the Studio is not built with the React Compiler
  return useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPixels,
    getItemKey: keyOf,
    overscan: OVERSCAN,
  });
}
