import { useStore } from "@xyflow/react";
import { useMemo } from "react";
import { boxOf } from "../../model/design/geometry.ts";
import { visibleBox } from "./canvasView.ts";
import type { View } from "./near.ts";
import { overlaps, type OverviewScene } from "./overview.ts";

/** Beyond these, cards are drawn as plain shapes (measured: cards cost the frame rate from about here). */
const overviewBelowZoom = 0.5;
const overviewFromCards = 40;
const maxCards = 150;

/** Whether cards give way to plain shapes at this zoom, or because too many would be in view. */
export function useIsOverview(scene: OverviewScene): boolean {
  return useStore(useMemo(() => overviewOf(scene), [scene]));
}

/** Every change of React Flow's state asks, and few of them move the view. */
function overviewOf(scene: OverviewScene): (view: View) => boolean {
  let asked: View | undefined;
  let answer = false;
  return ({ transform, width, height }) => {
    if (asked?.transform !== transform || asked.width !== width || asked.height !== height) {
      asked = { transform, width, height };
      answer = isTooMuch(scene, transform[2]);
    }
    return answer;
  };
}

function isTooMuch(scene: OverviewScene, zoom: number): boolean {
  if (scene.resources.length <= overviewFromCards) return false;
  if (zoom < overviewBelowZoom) return true;
  if (scene.resources.length <= maxCards) return false;
  const shown = visibleBox();
  let count = 0;
  for (const resource of scene.resources) {
    if (overlaps(boxOf(resource, scene.positions), shown)) count += 1;
    if (count > maxCards) return true;
  }
  return false;
}
