import type { ConnectionLineComponentProps } from "@xyflow/react";
import { bend, svgPath, type Side } from "../../model/design/curve.ts";

const opposite: Record<Side, Side> = { left: "right", right: "left", top: "bottom", bottom: "top" };

/** The line that follows the pointer while a connection is drawn. */
export function LineToPointer({ fromX, fromY, toX, toY, fromPosition }: ConnectionLineComponentProps) {
  const side: Side = fromPosition;
  const path = svgPath(bend({ x: fromX, y: fromY }, side, { x: toX, y: toY }, opposite[side]));
  return (
    <g>
      <path d={path} fill="none" stroke="var(--accent)" strokeWidth={2} strokeDasharray="5 4" />
      <circle cx={toX} cy={toY} r={4} fill="var(--accent)" />
    </g>
  );
}
