import { EdgeLabelRenderer, type EdgeProps } from "@xyflow/react";
import { memo } from "react";
import { classes } from "../app/ui/classes.ts";
import { PlusButton } from "./editing/CardTools.tsx";
import { useHoveredWay } from "./editing/hoveredWay.ts";
import { middleOf } from "./editing/places.ts";
import { wayPath } from "./wayPath.ts";
import type { WayEdge } from "./workflowNodes.ts";
import { t } from "../app/texts/texts.ts";

/** A way from state to state: its arrow, what has to hold for it, and a plus that puts a state into it. */
export const WayLine = memo(function WayLine({ id, data, selected }: EdgeProps<WayEdge>) {
  const isHovered = useHoveredWay((state) => state.id === id);
  if (data === undefined) return null;
  const { placed, isTaken, order } = data;
  const { way, points, isBack, label } = placed;
  const end = points.at(-1);
  if (end === undefined) return null;
  const line = wayPath(placed);
  const plus = middleOf(placed);
  return (
    <>
      <path d={line} className="way-reach" />
      <path d={line} data-kind={way.kind} data-taken={isTaken} data-chosen={selected} data-hovered={isHovered} className="way-path" />
      <path
        d={
          isBack
            ? `M${end.x + 6},${end.y - 4} L${end.x},${end.y} L${end.x + 6},${end.y + 4}`
            : `M${end.x - 4},${end.y - 6} L${end.x},${end.y} L${end.x + 4},${end.y - 6}`
        }
        data-kind={way.kind === "catch" ? "catch" : "next"}
        data-taken={isTaken}
        data-chosen={selected}
        style={{ strokeDasharray: "none" }}
        className="way-path"
      />
      <EdgeLabelRenderer>
        {way.label !== "" && (
          <div
            style={{ transform: `translate(-50%, -50%) translate(${label.x}px, ${label.y}px)`, zIndex: 1000 }}
            title={way.label}
            data-way={id}
            className={classes(
              "way-label pointer-events-auto absolute max-w-[168px] truncate rounded-lg bg-canvas px-1.5 text-[10.5px] leading-4",
              way.kind === "choice" && "font-mono",
              isTaken === false ? "text-fg-3" : way.kind === "catch" ? "text-error" : way.kind === "choice" ? "text-fg-2" : "text-fg-3",
              selected === true && "ring-1 ring-accent",
            )}
          >
            {order !== null && <span className="mr-1.5 rounded-full bg-hover px-1.5 font-sans text-fg-2">{order}</span>}
            {way.label}
          </div>
        )}
        <div
          data-way={id}
          data-shown={selected === true || isHovered}
          className="way-tools absolute"
          style={{ transform: `translate(-50%, -50%) translate(${plus.x}px, ${plus.y}px)`, zIndex: 1001 }}
        >
          <PlusButton placeId={id} />
        </div>
        {selected === true && (
          <span
            data-way-end={id}
            title={t("Drag to another state")}
            className="way-end nopan"
            style={{ transform: `translate(-50%, -50%) translate(${end.x}px, ${end.y}px)`, zIndex: 1002 }}
          />
        )}
      </EdgeLabelRenderer>
    </>
  );
});
