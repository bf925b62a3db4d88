// Lines that would run behind the card of another resource, and so seem to lead to it, are led around it where there is a way.
import { type Box, type Curve, type Line, piecesOf, type Point, pointOn } from "./curve.ts";

/** How far from a card a line still reads as passing by. */
const clearance = 6;
const samples = 24;
/** How much the middle of a line may be pushed aside, the least first. */
const shifts = [32, 56, 84, 116, 152];
/** Beside a column of cards, where a line that passes through a gap in it runs level. */
const beside = 10;

/** The box that a line's control points span, and so far around it: cards that it may run behind lie within. */
export function areaOf(line: Line, around = clearance): Box {
  const left = Math.min(line.from.x, line.fromControl.x, line.toControl.x, line.to.x) - around;
  const right = Math.max(line.from.x, line.fromControl.x, line.toControl.x, line.to.x) + around;
  const top = Math.min(line.from.y, line.fromControl.y, line.toControl.y, line.to.y) - around;
  const bottom = Math.max(line.from.y, line.fromControl.y, line.toControl.y, line.to.y) + around;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** How much of a line runs behind cards: 0 for none of it. */
export function hidden(line: Line & Pick<Curve, "pieces">, cards: readonly Box[]): number {
  if (cards.length === 0) return 0;
  let hits = 0;
  for (const piece of piecesOf(line)) {
    const count = line.pieces === undefined ? samples : 8;
    for (let index = 1; index < count; index += 1) {
      const { x, y } = pointOn(piece, index / count);
      if (cards.some((card) => isBehind(x, y, card))) hits += 1;
    }
  }
  return hits;
}

function isBehind(x: number, y: number, card: Box): boolean {
  return x > card.x - clearance && x < card.x + card.width + clearance && y > card.y - clearance && y < card.y + card.height + clearance;
}

/** The same ends with the middle pushed aside, across the way that the line takes; by turns to either side. */
export function pushedAside<L extends Line>(line: L, isUpright: boolean): L[] {
  return shifts.flatMap((shift) => [shifted(line, shift, isUpright), shifted(line, -shift, isUpright)]);
}

function shifted<L extends Line>(line: L, by: number, isUpright: boolean): L {
  const move = ({ x, y }: Point): Point => (isUpright ? { x: x + by, y } : { x, y: y + by });
  return { ...line, fromControl: move(line.fromControl), toControl: move(line.toControl) };
}

interface Stretch {
  readonly left: number;
  readonly right: number;
  readonly cards: readonly Box[];
}

/** A line across columns of cards, through the gap of each in its way that is nearest to where it would run. */
export function throughGaps<L extends Line>(
  line: L,
  cards: readonly Box[],
  everyColumn: boolean,
): (L & { pieces: readonly Line[] }) | undefined {
  if (line.to.x >= line.from.x) return rightwards(line, cards, everyColumn);
  const boxes = cards.map((card) => ({ ...card, x: -card.x - card.width }));
  const way = rightwards(mirrored(line), boxes, everyColumn);
  return way && { ...mirrored(way), pieces: way.pieces.map(mirrored) };
}

function mirrored<L extends Line>(line: L): L {
  const over = ({ x, y }: Point): Point => ({ x: -x, y });
  return { ...line, from: over(line.from), fromControl: over(line.fromControl), toControl: over(line.toControl), to: over(line.to) };
}

function rightwards<L extends Line>(line: L, cards: readonly Box[], everyColumn: boolean): (L & { pieces: readonly Line[] }) | undefined {
  const { from, to } = line;
  const stretches = columnsBetween(from.x, to.x, cards);
  const points: Point[] = [from];
  for (const { left, right, cards: inWay } of stretches) {
    const [start, end] = [Math.max(left - beside, from.x + 1), Math.min(right + beside, to.x - 1)];
    const wished = from.y + ((to.y - from.y) * ((start + end) / 2 - from.x)) / (to.x - from.x);
    const y = freeHeight(wished, inWay);
    if (y === wished && !everyColumn) continue;
    points.push({ x: start, y }, { x: end, y });
  }
  if (points.length === 1) return undefined;
  points.push(to);
  const pieces = points.slice(1).flatMap((point, index): Line[] => {
    const before = points[index] ?? from;
    const reach = (point.x - before.x) / 2;
    return [{ from: before, fromControl: { x: before.x + reach, y: before.y }, toControl: { x: point.x - reach, y: point.y }, to: point }];
  });
  return { ...line, pieces };
}

/** Cards between two ends that stand above each other, as one stretch of the way. */
function columnsBetween(start: number, end: number, cards: readonly Box[]): Stretch[] {
  const between = cards.filter((card) => card.x > start && card.x + card.width < end).toSorted((a, b) => a.x - b.x);
  const columns: { left: number; right: number; cards: Box[] }[] = [];
  for (const card of between) {
    const last = columns.at(-1);
    if (last && card.x < last.right + 2 * beside) {
      last.right = Math.max(last.right, card.x + card.width);
      last.cards.push(card);
    } else columns.push({ left: card.x, right: card.x + card.width, cards: [card] });
  }
  return columns;
}

/** The nearest to a height that no card of a column covers. */
function freeHeight(wished: number, cards: readonly Box[]): number {
  const isFree = (y: number): boolean => cards.every((card) => y <= card.y - clearance || y >= card.y + card.height + clearance);
  if (isFree(wished)) return wished;
  const gaps = cards.flatMap((card) => [card.y - 2 * clearance, card.y + card.height + 2 * clearance]).filter(isFree);
  return gaps.reduce((best, y) => (Math.abs(y - wished) < Math.abs(best - wished) ? y : best), Number.POSITIVE_INFINITY);
}
