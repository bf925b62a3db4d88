import { cardSize } from "../../model/design/cardSize.ts";
import type { DesignResource } from "../../model/design/design.ts";
import type { Point } from "../../model/design/curve.ts";
import type { Positions } from "./placement.ts";
import { perLanguage, t } from "../app/texts/texts.ts";

export type Direction = "left" | "right" | "up" | "down";

export const directionTitles = perLanguage((): Readonly<Record<Direction, string>> => ({
  left: t("left"),
  right: t("right"),
  up: t("up"),
  down: t("down"),
}));

const axes: Record<Direction, Point> = { left: { x: -1, y: 0 }, right: { x: 1, y: 0 }, up: { x: 0, y: -1 }, down: { x: 0, y: 1 } };

/** The card that an arrow key goes to: the nearest in that direction, straight ahead before aside. */
export function nextResource(
  resources: readonly DesignResource[],
  positions: Positions,
  current: string | null,
  direction: Direction,
): string | undefined {
  const from = resources.find((resource) => resource.id === current);
  if (from === undefined) return [...resources].sort((a, b) => middle(a, positions).x - middle(b, positions).x)[0]?.id;
  const start = middle(from, positions);
  const axis = axes[direction];
  const candidates = resources.flatMap((resource) => {
    const to = middle(resource, positions);
    const ahead = (to.x - start.x) * axis.x + (to.y - start.y) * axis.y;
    const aside = Math.abs((to.x - start.x) * axis.y + (to.y - start.y) * axis.x);
    return ahead > 8 ? [{ id: resource.id, cost: ahead + aside * 2 }] : [];
  });
  return candidates.sort((a, b) => a.cost - b.cost)[0]?.id;
}

function middle(resource: DesignResource, positions: Positions): Point {
  const position = positions[resource.id] ?? { x: 0, y: 0 };
  const size = cardSize(resource);
  return { x: position.x + size.width / 2, y: position.y + size.height / 2 };
}
