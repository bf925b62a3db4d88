// The part of the design that is on screen: asked and moved by commands, palette, minimap and search.
import type { ReactFlowInstance, Viewport } from "@xyflow/react";
import { useDesign } from "../app/stores/design.ts";
import { setLayout } from "../app/stores/layout.ts";
import { useSelection } from "../app/stores/selection.ts";
import { useCanvasFile } from "../app/stores/canvasFile.ts";
import { addResource, freePlaceNear } from "./designActions.ts";
import type { Box, Point } from "../../model/design/curve.ts";
import { boundsOf, boxOf } from "../../model/design/geometry.ts";
import type { PaletteItem } from "./paletteItems.ts";
import { usePlacement } from "./placement.ts";

interface View {
  readonly flow: ReactFlowInstance;
  readonly element: HTMLElement;
}

export const zoomLimits = { least: 0.02, most: 2.5 };

let view: View | null = null;
let pointer: Point | null = null;
let fittedFor: string | undefined;
let lastViewport: Viewport | undefined;
let isFitted = false;

/** Set by the canvas while it is shown; returns how to take it back. */
export function attachView(attached: View): () => void {
  view = attached;
  return () => {
    lastViewport = attached.flow.getViewport();
    if (view === attached) view = null;
  };
}

export function currentView(): View | null {
  return view;
}

/** Last place of the pointer over the canvas, in client pixels. */
export function trackPointer(place: Point | null): void {
  pointer = place;
}

export function pointerOnCanvas(): Point | null {
  return pointer;
}

export function toCanvas(client: Point): Point {
  return view?.flow.screenToFlowPosition(client) ?? client;
}

export function middleOfView(): Point {
  if (view === null) return { x: 0, y: 0 };
  const box = view.element.getBoundingClientRect();
  return toCanvas({ x: box.left + box.width / 2, y: box.top + box.height / 2 });
}

export function addToMiddle(item: PaletteItem): void {
  setLayout({ activeTab: "canvas" });
  const middle = middleOfView();
  addResource(item, freePlaceNear({ x: middle.x - 88, y: middle.y - 39 }));
}

export function zoomBy(factor: number): void {
  isFitted = false;
  void view?.flow.zoomTo(view.flow.getZoom() * factor, { duration: motion(120) });
}

export function zoomTo(zoom: number): void {
  isFitted = false;
  void view?.flow.zoomTo(zoom, { duration: motion(160) });
}

/** Everything, or only these, as large as fits but no larger than life. */
export function fit(ids?: readonly string[], { duration = 220 } = {}): void {
  const { resources } = useDesign.getState().design;
  const { positions } = usePlacement.getState();
  const chosen = ids === undefined ? resources : resources.filter((resource) => ids.includes(resource.id));
  const notes: readonly Box[] = ids === undefined ? useCanvasFile.getState().canvas.notes : [];
  const boxes = [...chosen.map((resource) => boxOf(resource, positions)), ...notes];
  const bounds = boundsOf(boxes);
  if (bounds === null || view === null) return;
  isFitted = ids === undefined;
  const { clientWidth: width, clientHeight: height } = view.element;
  const whole = fitting(bounds, { x: 0, y: 0, width, height });
  const isUnderControls = boxes.some(
    (box) => box.x * whole.zoom + whole.x < controls.width && box.y * whole.zoom + whole.y < controls.height,
  );
  const below = { x: 0, y: controls.height, width, height: height - controls.height };
  void view.flow.setViewport(isUnderControls ? fitting(bounds, below) : whole, { duration: motion(duration) });
}

/** Of the zoom controls in the corner, with what they keep free around them. */
const controls = { width: 160, height: 44 };
const margin = 24;

function fitting(bounds: Box, room: Box): Viewport {
  const scale = Math.min((room.width - 2 * margin) / bounds.width, (room.height - 2 * margin) / bounds.height, 1);
  const zoom = Math.max(zoomLimits.least, scale);
  return {
    x: room.x + room.width / 2 - (bounds.x + bounds.width / 2) * zoom,
    y: room.y + room.height / 2 - (bounds.y + bounds.height / 2) * zoom,
    zoom,
  };
}

/** While everything is shown, it stays shown as the canvas grows and shrinks; a person's own view is never touched. */
export function refitIfFitted(): void {
  if (isFitted) fit(undefined, { duration: 0 });
}

export function viewMovedByHand(): void {
  isFitted = false;
}

/** Once per project: the first picture shows everything. */
export function fitOnce(project: string | undefined): void {
  if (project === fittedFor || view === null || useDesign.getState().design.resources.length === 0) return;
  fittedFor = project;
  fit(undefined, { duration: 0 });
}

/** Where the person was before another tab took the canvas's place. */
export function viewportBefore(project: string | undefined): Viewport | undefined {
  return project === fittedFor ? lastViewport : undefined;
}

/** Brings the selection into view if it is not wholly there. */
export function revealSelection(): void {
  const { resources: ids, connection } = useSelection.getState();
  const { design } = useDesign.getState();
  const ends = design.connections.find((one) => one.id === connection);
  const wanted = ends === undefined ? ids : [ends.from, ends.to];
  const { positions } = usePlacement.getState();
  const bounds = boundsOf(
    design.resources.filter((resource) => wanted.includes(resource.id)).map((resource) => boxOf(resource, positions)),
  );
  if (bounds === null || view === null) return;
  const shown = visibleBox();
  const isShown =
    bounds.x >= shown.x &&
    bounds.y >= shown.y &&
    bounds.x + bounds.width <= shown.x + shown.width &&
    bounds.y + bounds.height <= shown.y + shown.height;
  if (isShown && view.flow.getZoom() >= 0.5) return;
  isFitted = false;
  void view.flow.setCenter(bounds.x + bounds.width / 2, bounds.y + bounds.height / 2, {
    zoom: Math.max(0.75, Math.min(1, view.flow.getZoom())),
    duration: motion(240),
  });
}

/** What of the canvas is on screen, in its own coordinates. */
export function visibleBox(): Box {
  if (view === null) return { x: 0, y: 0, width: 0, height: 0 };
  const { x, y, zoom } = view.flow.getViewport();
  return { x: -x / zoom, y: -y / zoom, width: view.element.clientWidth / zoom, height: view.element.clientHeight / zoom };
}

function motion(milliseconds: number): number {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : milliseconds;
}
