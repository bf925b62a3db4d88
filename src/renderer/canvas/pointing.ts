// What stands at a place of the window, and what a marquee went around.
import type { Point } from "../../model/design/curve.ts";
import { boxOf } from "../../model/design/geometry.ts";
import { useCanvasFile } from "../app/stores/canvasFile.ts";
import { useDesign } from "../app/stores/design.ts";
import { selectResources } from "../app/stores/selection.ts";
import { itemsOf } from "./canvasItems.ts";
import { toCanvas } from "./canvasView.ts";
import { overlaps, type OverviewScene } from "./overview.ts";

/** Plain shapes are no nodes of React Flow's: what the marquee went around is found by their places. */
export function selectWithin(from: Point, to: Point, { resources, positions }: OverviewScene): void {
  const [one, other] = [toCanvas(from), toCanvas(to)];
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
  const box = { x, y, width: Math.abs(one.x - other.x), height: Math.abs(one.y - other.y) };
  if (box.width + box.height < 1) return;
  selectResources(resources.filter((resource) => overlaps(boxOf(resource, positions), box)).map(({ id }) => id));
}

export function isOnCanvas(id: string): boolean {
  return (
    id.startsWith("run:") ||
    useDesign.getState().design.resources.some((resource) => resource.id === id) ||
    itemsOf(useCanvasFile.getState().canvas).some((item) => item.id === id)
  );
}

export function cardUnder({ x, y }: { readonly x: number; readonly y: number }): string | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const id = element.closest(".react-flow__node")?.getAttribute("data-id");
    if (typeof id === "string") return id;
  }
  return null;
}

/** Lines end at resources; what else stands there is as good as nothing. */
export function resourceUnder(at: { readonly x: number; readonly y: number }): string | null {
  const id = cardUnder(at);
  return id === null || /^(note|group|frame):/.test(id) ? null : id;
}

export function clientOf(event: globalThis.MouseEvent | TouchEvent): { x: number; y: number } {
  if ("clientX" in event) return { x: event.clientX, y: event.clientY };
  const touch = event.changedTouches[0];
  return { x: touch?.clientX ?? 0, y: touch?.clientY ?? 0 };
}
