// React Flow does something for every node that it has, at every change. So of a large design it is given what is in view and around it.
import { useStore } from "@xyflow/react";
import { useMemo } from "react";
import type { Box } from "../../model/design/curve.ts";
import type { Connection, DesignResource } from "../../model/design/design.ts";
import { boxOf } from "../../model/design/geometry.ts";
import type { ShownDesign } from "../../model/design/grouping.ts";
import { overlaps } from "./overview.ts";
import type { Positions } from "./placement.ts";

export interface Near {
  readonly resources: readonly DesignResource[];
  readonly runtimeMade: readonly DesignResource[];
  /** Also those that only pass by; cards at both their ends are among the others. */
  readonly connections: readonly Connection[];
}

/** Designs up to this are given whole. */
const wholeUpTo = 150;
/** Of a view, on each side of it. */
const around = 0.5;
/** Of the view, before the box around it is taken afresh: from afar everything was near. */
const widest = 4;

/** What of React Flow's state says which part of the canvas is in view. */
export interface View {
  readonly transform: readonly [x: number, y: number, zoom: number];
  readonly width: number;
  readonly height: number;
}

/** The view and what is around it, on the canvas; the same until the view leaves it. null: everything. */
export function useNearBox(resourceCount: number): Box | null {
  const isWhole = resourceCount <= wholeUpTo;
  return useStore(useMemo(() => (isWhole ? () => null : boxAround()), [isWhole]));
}

function boxAround(): (view: View) => Box {
  let box: Box = { x: 0, y: 0, width: 0, height: 0 };
  return ({ transform: [x, y, zoom], width, height }) => {
    const view = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
    if (!holds(box, view) || box.width > view.width * widest) {
      const [beside, above] = [view.width * around, view.height * around];
      box = { x: view.x - beside, y: view.y - above, width: view.width + 2 * beside, height: view.height + 2 * above };
    }
    return box;
  };
}

function holds(outer: Box, inner: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

export function nearOf(
  { resources, connections, positions }: Pick<ShownDesign, "resources" | "connections" | "positions">,
  runtimeMade: readonly DesignResource[],
  box: Box | null,
): Near {
  if (box === null) return { resources, runtimeMade, connections };
  const boxes = boxesOf([...resources, ...runtimeMade], positions);
  const passing = connections.filter(({ from, to }) => {
    const [one, other] = [boxes.get(from), boxes.get(to)];
    return one !== undefined && other !== undefined && overlaps(union(one, other), box);
  });
  const ends = new Set(passing.flatMap(({ from, to }) => [from, to]));
  const isNear = ({ id }: DesignResource): boolean => {
    const own = boxes.get(id);
    return ends.has(id) || (own !== undefined && overlaps(own, box));
  };
  return { resources: resources.filter(isNear), runtimeMade: runtimeMade.filter(isNear), connections: passing };
}

function boxesOf(resources: readonly DesignResource[], positions: Positions): ReadonlyMap<string, Box> {
  return new Map(resources.map((resource) => [resource.id, boxOf(resource, positions)]));
}

function union(one: Box, other: Box): Box {
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
  return {
    x,
    y,
    width: Math.max(one.x + one.width, other.x + other.width) - x,
    height: Math.max(one.y + one.height, other.y + other.height) - y,
  };
}
