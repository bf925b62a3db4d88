import { useStore } from "@xyflow/react";
import { boxOf } from "../../model/design/geometry.ts";
import { visibleBox } from "./canvasView.ts";
import { overlaps, type OverviewScene } from "./overview.ts";

/** Beyond these, cards are drawn as plain shapes (measured: cards cost the frame rate from about here). */
const overviewBelowZoom = 0.5;
const overviewFromCards = 40;
const maxCards = 150;

/** Whether cards give way to plain shapes at this zoom, or because too many would be in view. */
export function useIsOverview(scene: OverviewScene): boolean {
  return useStore((state) => {
    const zoom = state.transform[2];
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
  });
}
