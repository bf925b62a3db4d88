// Of a long workflow only what is near the view is drawn; from far away all of it as plain boxes. Of a short one everything is.
import { useStore } from "@xyflow/react";
import { useMemo } from "react";
import type { Box } from "../../model/design/curve.ts";
import type { PlacedWay, WorkflowPicture } from "./workflowLayout.ts";

/** Up to so many states are drawn wherever the view is. */
const drawnWhole = 200;
/** Cards are too small to be read, and too many to be drawn as such. */
const farZoom = 0.2;

export function isLong(picture: WorkflowPicture | null): boolean {
  return picture !== null && picture.states.length > drawnWhole;
}

export interface ShownPart {
  readonly picture: WorkflowPicture;
  readonly isFar: boolean;
}

const nothing = { states: [], lanes: [], marks: [], ways: [] };

/** `selected`: is drawn wherever it is. */
export function useShownPart(picture: WorkflowPicture | null, selected: string | null): ShownPart | null {
  // in steps of half a view, so that moving it a little changes nothing
  const area = useStore(({ transform: [x, y, zoom], width, height }) => {
    if (!isLong(picture) || width === 0) return "";
    if (zoom < farZoom) return "far";
    const [stepX, stepY] = [width / zoom / 2, height / zoom / 2];
    const [left, top] = [Math.floor(-x / zoom / stepX) - 1, Math.floor(-y / zoom / stepY) - 1];
    return [left * stepX, top * stepY, (left + 5) * stepX, (top + 5) * stepY].map(Math.round).join();
  });
  return useMemo(() => {
    if (picture === null) return null;
    if (!isLong(picture)) return { picture, isFar: false };
    if (area === "far") return { picture: { ...picture, ...nothing }, isFar: true };
    const [left = 0, top = 0, right = 0, bottom = 0] = area.split(",").map(Number);
    const isNear = ({ x, y, width, height }: Box): boolean => x < right && y < bottom && x + width > left && y + height > top;
    const states = picture.states.filter(({ state, box }) => state.id === selected || isNear(box));
    const near: WorkflowPicture = {
      ...picture,
      states,
      lanes: picture.lanes.filter(({ box }) => isNear(box)),
      marks: picture.marks.filter(({ box }) => isNear(box)),
      ways: picture.ways.filter((way) => isNear(boxAround(way))),
    };
    return { picture: near, isFar: false };
  }, [picture, area, selected]);
}

function boxAround({ points }: PlacedWay): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** All boxes as one shape: ten thousand are drawn at once. */
export function boxesPath(boxes: readonly Box[]): string {
  return boxes.map(({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h${-width}z`).join("");
}
