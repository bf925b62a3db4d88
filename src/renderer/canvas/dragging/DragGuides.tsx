import { ViewportPortal, useStore } from "@xyflow/react";
import { useDragView } from "./dragging.ts";
import type { Gap } from "./spacing.ts";

/** What a dragged card is in line with, which gaps beside it are equal, and where cards stay whose copies are dragged. */
export function DragGuides() {
  const { guides, gaps, originals } = useDragView();
  const zoom = useStore((state) => state.transform[2]);
  if (guides.length === 0 && gaps.length === 0 && originals.length === 0) return null;
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
      {gaps.map((gap) => (
        <GapMark key={`${gap.axis} ${gap.from} ${gap.at}`} gap={gap} zoom={zoom} />
      ))}
    </ViewportPortal>
  );
}

/** A line from card to card with an end at each, and how long it is; as large on screen at any zoom. */
function GapMark({ gap: { axis, from, to, at }, zoom }: { gap: Gap; zoom: number }) {
  const length = Math.round(to - from);
  const [x, y] = axis === "x" ? [from, at] : [at, from];
  return (
    <div
      data-gap={axis}
      className="pointer-events-none absolute z-[1000] origin-top-left"
      style={{ transform: `translate(${x}px, ${y}px) scale(${1 / zoom}) rotate(${axis === "x" ? 0 : 90}deg)`, width: (to - from) * zoom }}
    >
      <div className="absolute top-0 left-0 h-px w-full bg-(--cat-messaging)" />
      <div className="absolute -top-1 left-0 h-2 w-px bg-(--cat-messaging)" />
      <div className="absolute -top-1 right-0 h-2 w-px bg-(--cat-messaging)" />
      <span
        className="absolute left-1/2 rounded-sm bg-(--cat-messaging) px-1 text-[10px] leading-[14px] font-medium text-canvas tabular-nums"
        style={{ transform: axis === "x" ? "translate(-50%, 4px)" : "translate(-50%, 4px) rotate(-90deg)" }}
      >
        {length}
      </span>
    </div>
  );
}
