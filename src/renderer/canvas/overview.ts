// The whole design as plain shapes on a 2D canvas: for zoom levels where words cannot be read anyway, and for designs so
// large that cards would cost the frame rate. Used by the overview layer and the minimap.
import { canvasColours, type CanvasColour, type CanvasGroup, type Design, type DesignResource } from "../../model/design/design.ts";
import { lookOf } from "../app/resourceTypes.ts";
import { cssColour } from "./cssColour.ts";
import type { ShownDesign } from "../../model/design/grouping.ts";
import { piecesOf, type Box, type Curve, type Point } from "../../model/design/curve.ts";
import { boxOf } from "../../model/design/geometry.ts";
import type { Positions } from "./placement.ts";

export interface OverviewScene {
  readonly resources: readonly DesignResource[];
  readonly connections: Design["connections"];
  readonly curves: ReadonlyMap<string, Curve>;
  readonly positions: Positions;
  readonly selected: ReadonlySet<string>;
  /** Open groups. */
  readonly groups: ShownDesign["groups"];
  /** Of groups, by id. */
  readonly names: ReadonlyMap<string, string>;
}

export interface OverviewColours {
  readonly card: string;
  readonly line: string;
  readonly edge: string;
  readonly words: string;
  readonly accent: string;
  readonly error: string;
  readonly categories: Readonly<Record<string, string>>;
  /** Of groups. */
  readonly hues: Readonly<Record<CanvasColour, string>>;
}

export function overviewColours(): OverviewColours {
  const names = ["edge", "compute", "data", "messaging", "orchestration", "identity"];
  return {
    card: cssColour("--bg-card"),
    line: cssColour("--line-strong"),
    edge: cssColour("--edge"),
    words: cssColour("--fg"),
    accent: cssColour("--accent"),
    error: cssColour("--error"),
    categories: { ...Object.fromEntries(names.map((name) => [name, cssColour(`--cat-${name}`)])), other: cssColour("--fg-3") },
    hues: Object.fromEntries(canvasColours.map((name) => [name, cssColour(`--hue-${name}`)])) as Record<CanvasColour, string>,
  };
}

/** Draws what lies within `shown`; the context is in canvas coordinates already. */
export function drawOverview(
  context: CanvasRenderingContext2D,
  scene: OverviewScene,
  colours: OverviewColours,
  shown: Box,
  zoom: number,
): void {
  for (const { group, box } of scene.groups) if (overlaps(box, shown)) drawGroup(context, group, box, colours, zoom);
  context.lineWidth = Math.min(1.6, 1 / zoom);
  context.globalAlpha = 0.75;
  for (const connection of scene.connections) {
    const curve = scene.curves.get(connection.id);
    if (curve === undefined || !meets(curve, shown)) continue;
    context.strokeStyle = connection.kind === "dead-letter" ? colours.error : colours.edge;
    context.beginPath();
    context.moveTo(curve.from.x, curve.from.y);
    for (const { fromControl, toControl, to } of piecesOf(curve))
      context.bezierCurveTo(fromControl.x, fromControl.y, toControl.x, toControl.y, to.x, to.y);
    context.stroke();
  }
  context.globalAlpha = 1;
  const hasWords = zoom > 0.16;
  context.textBaseline = "middle";
  context.font = `600 ${hasWords ? Math.min(26, 11 / zoom) : 0}px "Inter Variable", sans-serif`;
  for (const resource of scene.resources) {
    const box = boxOf(resource, scene.positions);
    if (!overlaps(box, shown)) continue;
    const words = scene.names.get(resource.id) ?? resource.id;
    drawCard(context, { ...resource, words }, box, colours, scene.selected.has(resource.id), hasWords, zoom);
  }
}

function drawGroup(context: CanvasRenderingContext2D, group: CanvasGroup, box: Box, colours: OverviewColours, zoom: number): void {
  const colour = colours.hues[group.colour];
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, 12);
  context.fillStyle = colour;
  context.strokeStyle = colour;
  context.lineWidth = 1 / zoom;
  context.globalAlpha = 0.08;
  context.fill();
  context.globalAlpha = 0.5;
  context.stroke();
  context.globalAlpha = 1;
  const size = Math.min(40, 13 / zoom);
  context.font = `600 ${size}px "Inter Variable", sans-serif`;
  context.textBaseline = "bottom";
  context.fillText(group.name, box.x + 4, box.y - 4 / zoom, box.width);
}

function drawCard(
  context: CanvasRenderingContext2D,
  resource: DesignResource & { readonly words: string },
  box: Box,
  colours: OverviewColours,
  isSelected: boolean,
  hasWords: boolean,
  zoom: number,
): void {
  const colour = colours.categories[lookOf(resource.type).category] ?? colours.edge;
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, 10);
  context.fillStyle = colours.card;
  context.fill();
  context.globalAlpha = 0.2;
  context.fillStyle = colour;
  context.fill();
  context.globalAlpha = 1;
  context.lineWidth = isSelected ? 2.5 / zoom : 1;
  context.strokeStyle = isSelected ? colours.accent : colour;
  context.stroke();
  context.fillStyle = colour;
  context.fillRect(box.x + 10, box.y + box.height * 0.25, 5, box.height * 0.5);
  if (!hasWords) return;
  context.fillStyle = colours.words;
  context.fillText(resource.words, box.x + 24, box.y + box.height / 2, box.width - 32);
}

/** The topmost resource at a point of the canvas. */
export function resourceAt(point: Point, resources: readonly DesignResource[], positions: Positions): DesignResource | undefined {
  return resources.findLast((resource) => {
    const box = boxOf(resource, positions);
    return point.x >= box.x && point.x <= box.x + box.width && point.y >= box.y && point.y <= box.y + box.height;
  });
}

export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function meets({ from, to }: Curve, box: Box): boolean {
  return (
    Math.min(from.x, to.x) < box.x + box.width &&
    Math.max(from.x, to.x) > box.x &&
    Math.min(from.y, to.y) < box.y + box.height + 200 &&
    Math.max(from.y, to.y) > box.y - 200
  );
}
