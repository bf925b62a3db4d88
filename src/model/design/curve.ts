// Points, boxes and the curves that connections are drawn as.

export type Side = "left" | "right" | "top" | "bottom";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** A cubic curve. */
export interface Line {
  readonly from: Point;
  readonly fromControl: Point;
  readonly toControl: Point;
  readonly to: Point;
}

/** A line from port to port. */
export interface Curve extends Line {
  /** Where it is led around cards: its pieces from end to end. Without, it is one. */
  readonly pieces?: readonly Line[];
  readonly fromHandle: string;
  readonly toHandle: string;
}

const directions: Record<Side, Point> = { left: { x: -1, y: 0 }, right: { x: 1, y: 0 }, top: { x: 0, y: -1 }, bottom: { x: 0, y: 1 } };
/** The curve between two ports, leaving and arriving straight. */
export function bend(from: Point, fromSide: Side, to: Point, toSide: Side): Line {
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

export function piecesOf(curve: Line & Pick<Curve, "pieces">): readonly Line[] {
  return curve.pieces ?? [curve];
}

export function svgPath(curve: Line & Pick<Curve, "pieces">): string {
  const pieces = piecesOf(curve).map(
    ({ fromControl, toControl, to }) => `C${fromControl.x} ${fromControl.y} ${toControl.x} ${toControl.y} ${to.x} ${to.y}`,
  );
  return `M${curve.from.x} ${curve.from.y}${pieces.join("")}`;
}

/** Point at `t` (0 to 1) of a curve, its pieces weighing as long as they are. */
export function pointOn(curve: Line & Pick<Curve, "pieces">, t: number): Point {
  if (curve.pieces === undefined) return pointOfLine(curve, t);
  const lengths = curve.pieces.map(({ from, to }) => Math.hypot(to.x - from.x, to.y - from.y));
  let left = t * lengths.reduce((sum, length) => sum + length, 0);
  for (const [index, piece] of curve.pieces.entries()) {
    const length = lengths[index] ?? 0;
    if (left <= length || index === curve.pieces.length - 1) return pointOfLine(piece, length === 0 ? 1 : Math.min(1, left / length));
    left -= length;
  }
  return curve.to;
}

function pointOfLine({ from, fromControl, toControl, to }: Line, t: number): Point {
  const s = 1 - t;
  const a = s * s * s;
  const b = 3 * s * s * t;
  const c = 3 * s * t * t;
  const d = t * t * t;
  return { x: a * from.x + b * fromControl.x + c * toControl.x + d * to.x, y: a * from.y + b * fromControl.y + c * toControl.y + d * to.y };
}
