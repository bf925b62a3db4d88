// Where connections run, in canvas coordinates: one answer for the drawn edges, the moving messages, the overview and pictures.
import { card, cardSize, routeRows } from "./cardSize.ts";
import { type Cells, cellsOf } from "./cells.ts";
import { bend, type Box, type Curve, type Point, type Side } from "./curve.ts";
import { areaOf, hidden, pushedAside, throughGaps } from "./detour.ts";
import type { Canvas, Connection, Design, DesignResource } from "./design.ts";

export type Positions = Canvas["nodes"];

/** How far the control points of a line reach into the gap beside a column of cards; the line itself three quarters of it. */
const besideColumn = 52;
/** A line across more cards than this has no way around them, and looking for one would cost time. */
const tangle = 40;
/** No way around leads further from the straight one. */
const furthest = 300;
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
  const resources = new Map(design.resources.map((resource) => [resource.id, { resource, box: boxOf(resource, positions) }]));
  const cards = cellsOf([...resources.values()].map(({ box }) => box));
  const curves = new Map<string, Curve>();
  for (const connection of design.connections) {
    const from = resources.get(connection.from);
    const to = resources.get(connection.to);
    if (from !== undefined && to !== undefined) curves.set(connection.id, curveOf(connection, from, to, cards));
  }
  return curves;
}

interface Placed {
  readonly resource: DesignResource;
  readonly box: Box;
}

function curveOf(connection: Connection, from: Placed, to: Placed, cards: Cells<Box>): Curve {
  const [fromSide, toSide] = sidesOf(from.box, to.box);
  const straight = between(connection, from, to, fromSide, toSide);
  const near = cards.within(areaOf(straight)).filter((card) => card !== from.box && card !== to.box);
  if (near.length > tangle || from === to) return straight;
  const behind = hidden(straight, near);
  if (behind === 0) return straight;
  const others = cards.within(areaOf(straight, furthest)).filter((card) => card !== from.box && card !== to.box);
  let [best, least] = [straight, behind];
  for (const way of detours(straight, connection, from, to, [fromSide, toSide], others)) {
    const still = hidden(way, others);
    if (still >= least) continue;
    [best, least] = [way, still];
    if (least === 0) break;
  }
  return best;
}

function* detours(
  straight: Curve,
  connection: Connection,
  from: Placed,
  to: Placed,
  [fromSide, toSide]: readonly [Side, Side],
  others: readonly Box[],
): Generator<Curve> {
  const isUpright = fromSide === "bottom" || fromSide === "top";
  if (isUpright) {
    yield around(between(connection, from, to, "right", "right"), 1);
    yield around(between(connection, from, to, "left", "left"), -1);
  }
  if (isUpright && toSide === "right") {
    // back to a column before: out at the left instead, and down or up between the columns
    const back = between(connection, from, to, "left", "right");
    yield back;
    yield* gaps(back, others);
  }
  const aside = pushedAside(straight, isUpright && (toSide === "top" || toSide === "bottom"));
  yield* aside.slice(0, 4);
  if (!isUpright) yield* gaps(straight, others);
  yield* aside.slice(4);
}

function* gaps(line: Curve, cards: readonly Box[]): Generator<Curve> {
  for (const everyColumn of [false, true]) {
    const way = throughGaps(line, cards, everyColumn);
    if (way !== undefined) yield way;
  }
}

/** Leaves and arrives on one side of two cards that stand below each other: through the gap beside their column. */
function around(curve: Curve, direction: 1 | -1): Curve {
  const edge = direction * Math.max(direction * curve.from.x, direction * curve.to.x) + direction * besideColumn;
  return { ...curve, fromControl: { x: edge, y: curve.from.y }, toControl: { x: edge, y: curve.to.y } };
}

function between(connection: Connection, from: Placed, to: Placed, fromSide: Side, toSide: Side): Curve {
  const route = connection.fromRoute;
  const hasRoutePort = route !== undefined && fromSide === "right";
  const start = hasRoutePort
    ? { x: from.box.x + from.box.width, y: from.box.y + routeOffset(from.resource, route) }
    : portOf(from.resource, from.box, fromSide);
  const end = portOf(to.resource, to.box, toSide);
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

export function boundsOf(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  const left = Math.min(...boxes.map((box) => box.x));
  const top = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}
