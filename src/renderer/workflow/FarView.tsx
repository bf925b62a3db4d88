// A long workflow from far away, and as the small map at the corner: its states as plain boxes, coloured by how they ran.
import { useStore, type ReactFlowState } from "@xyflow/react";
import { memo, useMemo, type PointerEvent } from "react";
import type { StateRun } from "./execution/executionOverlay.ts";
import { boxesPath } from "./shownPart.ts";
import type { WorkflowPicture } from "./workflowLayout.ts";
import type { View } from "./workflowView.ts";
import { t } from "../app/texts/texts.ts";

interface FarProps {
  readonly picture: WorkflowPicture;
  readonly runs: ReadonlyMap<string, StateRun> | null;
}

const fills: Readonly<Record<string, string>> = {
  running: "var(--accent)",
  ok: "var(--ok)",
  caught: "var(--throttled)",
  failed: "var(--error)",
  stopped: "var(--fg-3)",
  none: "var(--edge)",
};

const Boxes = memo(function Boxes({ picture, runs }: FarProps) {
  const shapes = useMemo(() => {
    const leaves = picture.states.filter(({ state }) => state.lanes.length === 0);
    const groups = Map.groupBy(leaves, ({ state }) => runs?.get(state.name)?.outcome ?? "none");
    return [...groups].map(([outcome, states]) => ({ outcome, path: boxesPath(states.map(({ box }) => box)) }));
  }, [picture, runs]);
  const containers = useMemo(() => boxesPath(picture.lanes.map(({ box }) => box)), [picture]);
  return (
    <>
      <path d={containers} fill="var(--bg-hover)" stroke="var(--edge)" vectorEffect="non-scaling-stroke" />
      {shapes.map(({ outcome, path }) => (
        <path
          key={outcome}
          d={path}
          fill={fills[outcome]}
          stroke={fills[outcome]}
          // however small they get, they are seen
          strokeWidth={1.5}
          vectorEffect="non-scaling-stroke"
          opacity={outcome === "none" && runs !== null ? 0.4 : 1}
        />
      ))}
    </>
  );
});

export function FarView({ picture, runs }: FarProps) {
  // its own transform: in React Flow's layer the lines would get as thin as the boxes
  const [x, y, zoom] = useStore(({ transform }) => transform);
  return (
    <svg aria-hidden className="pointer-events-none absolute inset-0 size-full">
      <g transform={`translate(${x} ${y}) scale(${zoom})`}>
        <Boxes picture={picture} runs={runs} />
      </g>
    </svg>
  );
}

const mapSize = { width: 144, height: 96 };
/** A long chain would be a hair's breadth. */
const leastShare = 0.02;

const areaOf = ({ transform: [x, y, zoom], width, height }: ReactFlowState): string =>
  [-x / zoom, -y / zoom, width / zoom, height / zoom].map(Math.round).join();

/** Press or drag: the view goes there. */
export function FarMap({ picture, runs, flow }: FarProps & { readonly flow: View }) {
  const [x = 0, y = 0, width = 0, height = 0] = useStore(areaOf).split(",").map(Number);
  const [wide, high] = [
    Math.max(picture.width, width, (picture.height * mapSize.width * leastShare) / mapSize.height),
    Math.max(picture.height, height),
  ];
  const left = (picture.width - wide) / 2;
  const go = (event: PointerEvent<SVGSVGElement>): void => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    const at = {
      x: left + ((event.clientX - box.left) / box.width) * wide,
      y: ((event.clientY - box.top) / box.height) * high,
    };
    void flow.setCenter(at.x, at.y, { zoom: flow.getZoom() });
  };
  return (
    <svg
      className="workflow-map nopan nowheel absolute right-0 bottom-0 z-5 cursor-pointer bg-raised"
      role="img"
      aria-label={t("Map of the workflow")}
      width={mapSize.width}
      height={mapSize.height}
      viewBox={`${left} 0 ${wide} ${high}`}
      preserveAspectRatio="none"
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={go}
    >
      <Boxes picture={picture} runs={runs} />
      <rect
        x={x}
        y={y}
        width={width}
        height={Math.max(height, high / 40)}
        fill="var(--accent-soft)"
        stroke="var(--accent)"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
