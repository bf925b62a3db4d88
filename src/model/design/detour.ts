// Lines that would run behind the card of another resource, and so seem to lead to it, are led around it where there is a way.
import { type Box, type Line, type Point, pointOn } from "./curve.ts";

/** How far from a card a line still reads as passing by. */
const clearance = 6;
const samples = 24;
/** How much the middle of a line may be pushed aside, the least first. */
const shifts = [32, 56, 84, 116, 152, 200, 260];
/** Both control points alike, or one of them further: what is in the way stands at one end. */
const bends: readonly (readonly [number, number])[] = [
  [1, 1],
  [1.5, 0],
  [0, 1.5],
  [1.5, -0.75],
  [-0.75, 1.5],
];

/** Cards that a line may run behind: the others whose box its control points span. */
export function cardsNear(line: Line, cards: readonly Box[], from: Box, to: Box): Box[] {
  const left = Math.min(line.from.x, line.fromControl.x, line.toControl.x, line.to.x) - clearance;
  const right = Math.max(line.from.x, line.fromControl.x, line.toControl.x, line.to.x) + clearance;
  const top = Math.min(line.from.y, line.fromControl.y, line.toControl.y, line.to.y) - clearance;
  const bottom = Math.max(line.from.y, line.fromControl.y, line.toControl.y, line.to.y) + clearance;
  const near: Box[] = [];
  for (const card of cards) {
    if (card.x > right || card.y > bottom || card.x + card.width < left || card.y + card.height < top) continue;
    if (card !== from && card !== to) near.push(card);
  }
  return near;
}

/** How much of a line runs behind cards: 0 for none of it. */
export function hidden(line: Line, cards: readonly Box[]): number {
  if (cards.length === 0) return 0;
  let hits = 0;
  for (let index = 1; index < samples; index += 1) {
    const { x, y } = pointOn(line, index / samples);
    for (const card of cards) {
      if (x > card.x - clearance && x < card.x + card.width + clearance && y > card.y - clearance && y < card.y + card.height + clearance) {
        hits += 1;
        break;
      }
    }
  }
  return hits;
}

/** The same ends with the middle pushed aside, across the way that the line takes: all of it, or more at one end. */
export function pushedAside<L extends Line>(line: L, isUpright: boolean): L[] {
  return bends.flatMap(([atFrom, atTo]) =>
    shifts.flatMap((shift) => [shift, -shift].map((by) => shifted(line, by * atFrom, by * atTo, isUpright))),
  );
}

function shifted<L extends Line>(line: L, atFrom: number, atTo: number, isUpright: boolean): L {
  const move = ({ x, y }: Point, by: number): Point => (isUpright ? { x: x + by, y } : { x, y: y + by });
  return { ...line, fromControl: move(line.fromControl, atFrom), toControl: move(line.toControl, atTo) };
}
