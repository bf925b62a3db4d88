import type { Item } from "../attributeValue.ts";
import { projectionSyntax } from "./parsed.ts";
import type { Path } from "./paths.ts";
import { checkOverlaps, project } from "./paths.ts";
import type { Placeholders } from "./placeholders.ts";

export interface Projection {
  readonly paths: readonly Path[];
  /** Where it comes from. */
  readonly parameter: "ProjectionExpression" | "AttributesToGet";
  apply(item: Item): Item;
}

export function readProjection(text: string | undefined, placeholders: Placeholders): Projection | undefined {
  if (text === undefined) return undefined;
  const kind = "ProjectionExpression";
  const paths = projectionSyntax(text).map((path) => placeholders.path(kind, path));
  checkOverlaps(kind, paths);
  return { paths, parameter: kind, apply: (item) => project(item, paths) };
}
