import type { DesignResource } from "./design.ts";

/** Sizes of a node's card in canvas pixels: shared by the automatic layout and the canvas. */
export const card = {
  width: 176,
  /** Icon tile, title and subtitle. */
  headerHeight: 51,
  /** Live badges. */
  footerHeight: 27,
  routeRowHeight: 28,
  /** An API shows no more rows than these; the rest is one row that says how many. */
  maxRouteRows: 12,
} as const;

export interface Size {
  readonly width: number;
  readonly height: number;
}

export function cardSize(resource: Pick<DesignResource, "routes">): Size {
  return { width: card.width, height: card.headerHeight + routeRows(resource) * card.routeRowHeight + card.footerHeight };
}

export function routeRows(resource: Pick<DesignResource, "routes">): number {
  return Math.min(resource.routes.length, card.maxRouteRows);
}
