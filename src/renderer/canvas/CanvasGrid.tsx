import { Background, BackgroundVariant, useStore } from "@xyflow/react";

const gap = 20;
const dotPixels = 1.8;

/** The dots behind everything: as large on screen at any zoom, and gone before they would run together. */
export function CanvasGrid() {
  const zoom = useStore((state) => Math.round(state.transform[2] * 20) / 20);
  if (zoom < 0.3) return null;
  return (
    <Background variant={BackgroundVariant.Dots} gap={zoom < 0.55 ? gap * 2 : gap} size={dotPixels / zoom} color="var(--canvas-dot)" />
  );
}
