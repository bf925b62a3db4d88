// The part of the design that is on screen: asked and moved by commands, palette, minimap and search.
import type { ReactFlowInstance, Viewport } from "@xyflow/react";
import { useDesign } from "../app/stores/design.ts";
import { setLayout } from "../app/stores/layout.ts";
import { useSelection } from "../app/stores/selection.ts";
import { useCanvasFile } from "../app/stores/canvasFile.ts";
import { addResource, freePlaceNear } from "./designActions.ts";
import { boundsOf, boxOf, type Box, type Point } from "../../model/design/geometry.ts";
import type { PaletteItem } from "./paletteItems.ts";
import { usePlacement } from "./placement.ts";

interface View {
  readonly flow: ReactFlowInstance;
  readonly element: HTMLElement;
}

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
  const bounds = boundsOf([...chosen.map((resource) => boxOf(resource, positions)), ...notes]);
  if (bounds === null || view === null) return;
  isFitted = ids === undefined;
  void view.flow.fitBounds(bounds, { padding: 0.05, duration: motion(duration) }).then(() => {
    if (view !== null && view.flow.getZoom() > 1) void view.flow.zoomTo(1, { duration: 0 });
  });
}

/** While everything is shown, it stays shown as the canvas grows and shrinks; a person's own view is never touched. */
export function refitIfFitted(): void {
  if (isFitted) fit(undefined, { duration: 0 });
}

export function viewMovedByHand(): void {
  isFitted = false;
}

/** Once per project: the first picture shows everything. */
export function fitOnce(directory: string | undefined): void {
  if (directory === fittedFor || view === null || useDesign.getState().design.resources.length === 0) return;
  fittedFor = directory;
  fit(undefined, { duration: 0 });
}

/** Where the person was before another tab took the canvas's place. */
export function viewportBefore(directory: string | undefined): Viewport | undefined {
  return directory === fittedFor ? lastViewport : undefined;
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
