// A design small enough for a card in a list: a tile for each resource where it stands on the canvas, and lines between.
import type { ConnectionKind } from "../service.ts";
import { bend, type Point, type Side, svgPath } from "./curve.ts";
import type { Canvas, Design } from "./design.ts";
import { boundsOf, boxOf } from "./geometry.ts";
import { layoutDesign } from "./layout.ts";

export interface Miniature {
  readonly width: number;
  readonly height: number;
  /** Upper left corners; each tile is `miniatureTile` wide and high. */
  readonly tiles: readonly { readonly id: string; readonly type: string; readonly x: number; readonly y: number }[];
  /** `path`: data of an SVG path. */
  readonly lines: readonly { readonly kind: ConnectionKind; readonly path: string }[];
}

export const miniatureTile = 28;
/** Rows come as near to each other as tiles can stand; columns as far apart as fills a picture of this shape. */
const down = 0.32;
const [leastAcross, mostAcross] = [0.22, 0.42];
const shape = 2.5;

export function miniatureOf(design: Pick<Design, "resources" | "connections">, canvas: Canvas): Miniature {
  const positions = { ...canvas.nodes, ...layoutDesign(design, canvas.nodes) };
  const middles = design.resources.map((resource) => {
    const { x, y, width, height } = boxOf(resource, positions);
    return { id: resource.id, type: resource.type, x: x + width / 2, y: y + height / 2, width: 0, height: 0 };
  });
  const across = acrossOf(boundsOf(middles) ?? { width: 0, height: 0 });
  const centres = middles.map(({ id, type, x, y }) => ({ id, type, x: x * across, y: y * down }));
  const bounds = boundsOf(centres.map(({ x, y }) => ({ x, y, width: miniatureTile, height: miniatureTile })));
  if (bounds === null) return { width: 0, height: 0, tiles: [], lines: [] };
  const tiles = centres.map(({ id, type, x, y }) => ({ id, type, x: round(x - bounds.x), y: round(y - bounds.y) }));
  const places = new Map(tiles.map((tile) => [tile.id, tile]));
  const lines = design.connections.flatMap(({ from, to, kind }) => {
    const [start, end] = [places.get(from), places.get(to)];
    return start === undefined || end === undefined || start === end ? [] : [{ kind, path: lineBetween(start, end) }];
  });
  return { width: round(bounds.width), height: round(bounds.height), tiles, lines };
}

function acrossOf({ width, height }: { readonly width: number; readonly height: number }): number {
  const wanted = (height * down + miniatureTile) * shape - miniatureTile;
  return width === 0 ? leastAcross : Math.min(mostAcross, Math.max(leastAcross, wanted / width));
}

function lineBetween(from: Point, to: Point): string {
  const [fromSide, toSide] = sidesOf(from, to);
  const line = bend(portOf(from, fromSide), fromSide, portOf(to, toSide), toSide);
  const rounded = ({ x, y }: Point): Point => ({ x: round(x), y: round(y) });
  return svgPath({
    from: rounded(line.from),
    to: rounded(line.to),
    fromControl: rounded(line.fromControl),
    toControl: rounded(line.toControl),
  });
}

function sidesOf(from: Point, to: Point): readonly [Side, Side] {
  if (to.x - from.x > miniatureTile) return ["right", "left"];
  if (to.y - from.y > miniatureTile) return ["bottom", from.x - to.x > miniatureTile ? "right" : "top"];
  if (from.y - to.y > miniatureTile) return ["top", from.x - to.x > miniatureTile ? "right" : "bottom"];
  return from.x > to.x ? ["left", "right"] : ["right", "left"];
}

function portOf({ x, y }: Point, side: Side): Point {
  const half = miniatureTile / 2;
  switch (side) {
    case "left":
      return { x, y: y + half };
    case "right":
      return { x: x + miniatureTile, y: y + half };
    case "top":
      return { x: x + half, y };
    case "bottom":
      return { x: x + half, y: y + miniatureTile };
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
