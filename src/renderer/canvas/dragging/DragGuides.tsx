import { ViewportPortal, useStore } from "@xyflow/react";
import { useDragView } from "./dragging.ts";

/** What a dragged card is in line with, and where cards stay whose copies are dragged. */
export function DragGuides() {
  const { guides, originals } = useDragView();
  const zoom = useStore((state) => state.transform[2]);
  if (guides.length === 0 && originals.length === 0) return null;
  const thickness = 1 / zoom;
  return (
    <ViewportPortal>
      {originals.map(({ x, y, width, height }) => (
        <div
          key={`${x} ${y}`}
          className="pointer-events-none absolute rounded-[10px] border border-dashed border-edge bg-card opacity-60"
          style={{ transform: `translate(${x}px, ${y}px)`, width, height }}
        />
      ))}
      {guides.map(({ axis, at, from, to }) => (
        <div
          key={`${axis} ${at}`}
          data-guide={axis}
          className="pointer-events-none absolute z-[1000] bg-accent"
          style={
            axis === "x"
              ? { transform: `translate(${at - thickness / 2}px, ${from}px)`, width: thickness, height: to - from }
              : { transform: `translate(${from}px, ${at - thickness / 2}px)`, width: to - from, height: thickness }
          }
        />
      ))}
    </ViewportPortal>
  );
}
