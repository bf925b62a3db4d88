// Frames: parts of the canvas that are shown one after the other when the design is presented.
import { useCanvasFile } from "../../app/stores/canvasFile.ts";
import { changeCanvas } from "../../app/stores/documents.ts";
import { selectResources } from "../../app/stores/selection.ts";
import type { Box, Point } from "../../../model/design/curve.ts";
import { boundsOf } from "../../../model/design/geometry.ts";
import type { CanvasFrame } from "../../../model/design/design.ts";
import { selectedBoxes } from "../arranging.ts";
import { freeItemId } from "../canvasItems.ts";
import { beginRename } from "../renaming.ts";
import { t } from "../../app/texts/texts.ts";

/** A screen's shape. */
const shape = 16 / 9;
const padding = 40;
const least = { width: 640, height: 360 };

/** Around what is selected, or empty around a place; the person types its name. */
export function addFrame(around: Point): void {
  const { canvas } = useCanvasFile.getState();
  const bounds = boundsOf(selectedBoxes()) ?? { ...around, width: 0, height: 0 };
  const id = freeItemId(canvas, "frame");
  const frames = canvas.frames ?? [];
  changeCanvas(t("Add a frame"), {
    ...canvas,
    frames: [...frames, { id, name: t("Frame {{count}}", { count: frames.length + 1 }), ...framed(bounds) }],
  });
  selectResources([id]);
  beginRename(id);
}

export function changeFrame(id: string, change: Partial<CanvasFrame>, label: string): void {
  const { canvas } = useCanvasFile.getState();
  changeCanvas(label, { ...canvas, frames: (canvas.frames ?? []).map((frame) => (frame.id === id ? { ...frame, ...change } : frame)) });
}

/** Earlier or later in the presentation. */
export function moveFrameInOrder(id: string, by: 1 | -1): void {
  const { canvas } = useCanvasFile.getState();
  const frames = [...(canvas.frames ?? [])];
  const from = frames.findIndex((frame) => frame.id === id);
  const frame = frames[from];
  if (frame === undefined || frames[from + by] === undefined) return;
  frames.splice(from, 1);
  frames.splice(from + by, 0, frame);
  changeCanvas(by === 1 ? t("Present {{name}} later", { name: frame.name }) : t("Present {{name}} earlier", { name: frame.name }), {
    ...canvas,
    frames,
  });
}

function framed(bounds: Box): Box {
  const width = Math.max(least.width, bounds.width + 2 * padding, (bounds.height + 2 * padding) * shape);
  const height = Math.max(least.height, width / shape);
  return {
    x: Math.round(bounds.x + bounds.width / 2 - width / 2),
    y: Math.round(bounds.y + bounds.height / 2 - height / 2),
    width: Math.round(width),
    height: Math.round(height),
  };
}
