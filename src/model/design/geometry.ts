// Where connections run, in canvas coordinates: one answer for the drawn edges, the moving messages, the overview and pictures.
import { card, cardSize, routeRows } from "./cardSize.ts";
import type { Canvas, Connection, Design, DesignResource } from "./design.ts";

export type Positions = Canvas["nodes"];

export type Side = "left" | "right" | "top" | "bottom";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** A cubic curve from port to port. */
export interface Curve {
  readonly from: Point;
  readonly fromControl: Point;
  readonly toControl: Point;
  readonly to: Point;
  readonly fromHandle: string;
  readonly toHandle: string;
}

const directions: Record<Side, Point> = { left: { x: -1, y: 0 }, right: { x: 1, y: 0 }, top: { x: 0, y: -1 }, bottom: { x: 0, y: 1 } };
/** Nearer than this, cards count as standing below each other rather than beside. */
const minGap = 12;

export function boxOf(resource: DesignResource, positions: Positions): Box {
  const position = positions[resource.id] ?? { x: 0, y: 0 };
  return { ...position, ...cardSize(resource) };
}

export function routeHandle(routeId: string): string {
  return `route:${routeId}`;
}

/** Middle of a route's row, from the card's top; the last row stands for all that do not fit. */
export function routeOffset(resource: DesignResource, routeId: string): number {
  const index = resource.routes.findIndex((route) => route.id === routeId);
  const row = index === -1 ? routeRows(resource) - 1 : Math.min(index, routeRows(resource) - 1);
  return card.headerHeight + row * card.routeRowHeight + card.routeRowHeight / 2;
}

/** Middle of the header and footer part, where side ports sit: for cards without routes simply the middle. */
export function sideOffset(resource: DesignResource): number {
  return resource.routes.length === 0 ? cardSize(resource).height / 2 : card.headerHeight / 2 + 3;
}

export function curvesOf(design: Pick<Design, "resources" | "connections">, positions: Positions): ReadonlyMap<string, Curve> {
  const resources = new Map(design.resources.map((resource) => [resource.id, resource]));
  const curves = new Map<string, Curve>();
  for (const connection of design.connections) {
    const from = resources.get(connection.from);
    const to = resources.get(connection.to);
    if (from !== undefined && to !== undefined) curves.set(connection.id, curveOf(connection, from, to, positions));
  }
  return curves;
}

function curveOf(connection: Connection, from: DesignResource, to: DesignResource, positions: Positions): Curve {
  const fromBox = boxOf(from, positions);
  const toBox = boxOf(to, positions);
  const [fromSide, toSide] = sidesOf(fromBox, toBox);
  const route = connection.fromRoute;
  const hasRoutePort = route !== undefined && fromSide === "right";
  const start = hasRoutePort ? { x: fromBox.x + fromBox.width, y: fromBox.y + routeOffset(from, route) } : portOf(from, fromBox, fromSide);
  const end = portOf(to, toBox, toSide);
  return {
    ...bend(start, fromSide, end, toSide),
    fromHandle: hasRoutePort ? routeHandle(route) : fromSide,
    toHandle: toSide,
  };
}

function sidesOf(from: Box, to: Box): readonly [Side, Side] {
  if (to.x - (from.x + from.width) >= minGap) return ["right", "left"];
  const isBelow = to.y - (from.y + from.height) >= minGap;
  const isAbove = from.y - (to.y + to.height) >= minGap;
  const isLeft = from.x - (to.x + to.width) >= minGap;
  if (isBelow) return ["bottom", isLeft ? "right" : "top"];
  if (isAbove) return ["top", isLeft ? "right" : "bottom"];
  return from.x > to.x ? ["left", "right"] : ["right", "left"];
}

function portOf(resource: DesignResource, box: Box, side: Side): Point {
  switch (side) {
    case "left":
      return { x: box.x, y: box.y + sideOffset(resource) };
    case "right":
      return { x: box.x + box.width, y: box.y + sideOffset(resource) };
    case "top":
      return { x: box.x + box.width / 2, y: box.y };
    case "bottom":
      return { x: box.x + box.width / 2, y: box.y + box.height };
  }
}

/** The curve between two ports, leaving and arriving straight. */
export function bend(from: Point, fromSide: Side, to: Point, toSide: Side): Pick<Curve, "from" | "fromControl" | "toControl" | "to"> {
  const out = directions[fromSide];
  const back = directions[toSide];
  const fromReach = reach(from, to, fromSide);
  const toReach = reach(from, to, toSide);
  return {
    from,
    to,
    fromControl: { x: from.x + out.x * fromReach, y: from.y + out.y * fromReach },
    toControl: { x: to.x + back.x * toReach, y: to.y + back.y * toReach },
  };
}

/** How far a curve goes straight on from a port: half the way in its direction. */
function reach(from: Point, to: Point, side: Side): number {
  const way = side === "left" || side === "right" ? Math.abs(to.x - from.x) : Math.abs(to.y - from.y);
  return Math.max(22, way * 0.5);
}

export function svgPath({ from, fromControl, toControl, to }: Pick<Curve, "from" | "fromControl" | "toControl" | "to">): string {
  return `M${from.x} ${from.y}C${fromControl.x} ${fromControl.y} ${toControl.x} ${toControl.y} ${to.x} ${to.y}`;
}

/** Point at `t` (0 to 1) of a curve. */
export function pointOn({ from, fromControl, toControl, to }: Curve, t: number): Point {
  const s = 1 - t;
  const a = s * s * s;
  const b = 3 * s * s * t;
  const c = 3 * s * t * t;
  const d = t * t * t;
  return { x: a * from.x + b * fromControl.x + c * toControl.x + d * to.x, y: a * from.y + b * fromControl.y + c * toControl.y + d * to.y };
}

export function boundsOf(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  const left = Math.min(...boxes.map((box) => box.x));
  const top = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}
