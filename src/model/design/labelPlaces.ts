// Where on its line the label of a connection stands: in the middle, or as near to it as no card and no other label lies under it.
import { cellsOf } from "./cells.ts";
import { type Box, type Curve, pointOn } from "./curve.ts";
import type { Connection } from "./design.ts";

/** Of small letters on the canvas: about what a character takes, with the margins of the whole. */
const label = { character: 5.5, margins: 12, height: 16 };
/** A line shorter than this would be hidden under words, and more so under long ones. */
const lengthForLabel = 60;
/** Shares of the line, the middle first. */
const places = [0.5, 0.43, 0.57, 0.36, 0.64, 0.29, 0.71, 0.23, 0.77];

/** Of each connection that has room for what is said on it; `scale`: how much larger than usual its letters are. */
export function labelPlaces(
  connections: readonly Connection[],
  curves: ReadonlyMap<string, Curve>,
  cards: readonly Box[],
  { bundles = new Map(), scale = 1 }: { readonly bundles?: ReadonlyMap<string, unknown>; readonly scale?: number } = {},
): ReadonlyMap<string, number> {
  const taken = cellsOf(cards);
  const found = new Map<string, number>();
  for (const connection of connections) {
    const curve = curves.get(connection.id);
    // a route's words stand on the card that the line leaves
    if (curve === undefined || connection.fromRoute !== undefined || wordsOf(connection) === "") continue;
    const { length } = wordsOf(connection);
    const isBundle = bundles.has(connection.id);
    const isUpright = curve.fromHandle === "bottom" || curve.fromHandle === "top";
    const reach = Math.hypot(curve.to.x - curve.from.x, curve.to.y - curve.from.y);
    if (!isBundle && !isUpright && reach < lengthForLabel + length * 3) continue;
    const [width, height] = [length * label.character * scale + label.margins, label.height * scale];
    const boxAt = (place: number): Box => {
      const { x, y } = pointOn(curve, place);
      return { x: x - width / 2, y: y - height / 2, width, height };
    };
    const place = places.find((one) => taken.within(boxAt(one)).length === 0);
    if (place === undefined) continue;
    found.set(connection.id, place);
    taken.add(boxAt(place));
  }
  return found;
}

/** Dead letters without a number of tries are told by the drawing's own word, as long as this one. */
function wordsOf({ label: words, kind }: Connection): string {
  return words === "" && kind === "dead-letter" ? "redrive" : words;
}
