// The design as a PNG, drawn like the overview but large enough to read.
import { useDesign } from "../app/stores/design.ts";
import { useProject } from "../app/stores/project.ts";
import { boundsOf, boxOf, curvesOf } from "../../model/design/geometry.ts";
import { cssColour } from "./cssColour.ts";
import { drawOverview, overviewColours } from "./overview.ts";
import { usePlacement } from "./placement.ts";

const scale = 2;
const margin = 40;
const maxPixels = 8_000;

export async function exportImage(): Promise<void> {
  const { design } = useDesign.getState();
  const { positions } = usePlacement.getState();
  const bounds = boundsOf(design.resources.map((resource) => boxOf(resource, positions)));
  if (bounds === null) throw new Error("There is nothing on the canvas yet.");
  const width = bounds.width + 2 * margin;
  const height = bounds.height + 2 * margin;
  const factor = Math.min(scale, maxPixels / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(width * factor);
  canvas.height = Math.ceil(height * factor);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser cannot draw images.");
  context.fillStyle = cssColour("--bg-canvas");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.setTransform(factor, 0, 0, factor, (margin - bounds.x) * factor, (margin - bounds.y) * factor);
  const scene = { ...design, curves: curvesOf(design, positions), positions, selected: new Set<string>() };
  drawOverview(context, scene, overviewColours(), { x: bounds.x - margin, y: bounds.y - margin, width, height }, 0.85);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob === null) throw new Error("The image could not be made.");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${useProject.getState().project?.name ?? "design"}.png`;
  link.click();
  URL.revokeObjectURL(link.href);
}
