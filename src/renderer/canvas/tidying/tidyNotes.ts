// Where notes stand after Tidy: beside the card that they stood by before, over nothing.
import type { Canvas } from "../../../model/design/design.ts";
import type { Box, Point } from "../../../model/design/curve.ts";

type Note = Canvas["notes"][number];

const grid = 4;
const gap = 16;
const maxRings = 200;

/** Cards by id as they stood, and as they stand now. */
export interface MovedCards {
  readonly before: ReadonlyMap<string, Box>;
  readonly after: ReadonlyMap<string, Box>;
}

/** The notes that move; those that are in nobody's way and whose card stayed are not among them. */
export function tidyNotes(notes: readonly Note[], cards: MovedCards): Readonly<Record<string, Point>> {
  const moved: Record<string, Point> = {};
  const taken: Box[] = [...cards.after.values()];
  for (const note of notes) {
    const wished = follow(note, cards);
    const place = freePlace(wished, taken);
    taken.push(place);
    if (place.x !== note.x || place.y !== note.y) moved[note.id] = { x: place.x, y: place.y };
  }
  return moved;
}

/** A note keeps its place relative to the nearest card. */
function follow({ x, y, width, height }: Note, { before, after }: MovedCards): Box {
  const note = { x, y, width, height };
  let nearest: { readonly from: Box; readonly to: Box; readonly distance: number } | undefined;
  for (const [id, from] of before) {
    const to = after.get(id);
    const distance = distanceBetween(note, from);
    if (to !== undefined && (nearest === undefined || distance < nearest.distance)) nearest = { from, to, distance };
  }
  if (nearest === undefined) return note;
  return { ...note, x: x + nearest.to.x - nearest.from.x, y: y + nearest.to.y - nearest.from.y };
}

/** The wished place, or the nearest one below, above or beside it where nothing is covered. */
function freePlace(wished: Box, taken: readonly Box[]): Box {
  const isFree = (box: Box): boolean => taken.every((other) => distanceBetween(box, other) >= gap);
  if (isFree(wished)) return wished;
  for (let ring = 1; ring < maxRings; ring += 1) {
    const step = ring * grid * 4;
    const candidates = [
      { ...wished, y: wished.y + step },
      { ...wished, y: wished.y - step },
      { ...wished, x: wished.x + step },
      { ...wished, x: wished.x - step },
    ];
    const found = candidates.find(isFree);
    if (found !== undefined) return found;
  }
  return wished;
}

/** 0 where they touch or overlap. */
function distanceBetween(a: Box, b: Box): number {
  const across = Math.max(0, a.x - (b.x + b.width), b.x - (a.x + a.width));
  const down = Math.max(0, a.y - (b.y + b.height), b.y - (a.y + a.height));
  return Math.hypot(across, down);
}
