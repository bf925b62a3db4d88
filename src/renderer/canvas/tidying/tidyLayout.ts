// Where cards stand after Tidy: laid out by ELK in a worker, from left to right as requests travel, groups kept together, what
// catches failures below the card it belongs to. Opening a project uses the plain layout of the model, which needs no worker.
import type { ElkNode, ElkPort } from "elkjs/lib/elk-api.js";
import { cardSize } from "../../../model/design/cardSize.ts";
import type { CanvasGroup, Connection, Design, DesignResource } from "../../../model/design/design.ts";
import { boundsOf, sideOffset, type Positions } from "../../../model/design/geometry.ts";
import {
  columnGap,
  connectedParts,
  hangingCards,
  hangingGap,
  leavesAt,
  moveDown,
  normalized,
  pack,
  rowGap,
  withoutLateAccess,
  type Rectangle,
} from "../../../model/design/layout.ts";

type Drawn = Pick<Design, "resources" | "connections">;
export type RunLayout = (graph: ElkNode) => Promise<ElkNode>;

const groupPadding = "[top=48,left=28,bottom=28,right=28]";
const options = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.hierarchyHandling": "INCLUDE_CHILDREN",
  "elk.layered.spacing.nodeNodeBetweenLayers": String(columnGap),
  "elk.spacing.nodeNode": String(rowGap),
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.layered.nodePlacement.favorStraightEdges": "true",
  "elk.layered.thoroughness": "20",
  "elk.randomSeed": "1",
};

/** `pinned`: cards that stay where they are; the others are placed around them. */
export async function tidyLayout(design: Drawn, groups: readonly CanvasGroup[], pinned: Positions, run: RunLayout): Promise<Positions> {
  const sizes = new Map(design.resources.map((resource) => [resource.id, cardSize(resource)]));
  const groupOf = new Map(groups.flatMap((group) => group.members.map((member) => [member, group.id] as const)));
  const known = design.connections.filter(({ from, to }) => sizes.has(from) && sizes.has(to) && from !== to);
  const hanging = new Map([...hangingCards(known)].filter(([id, parent]) => groupOf.get(id) === groupOf.get(parent)));
  // members of a group stay together, connected or not
  const together = groups.flatMap(({ members: [first, ...rest] }) =>
    rest.flatMap((member) => (first !== undefined && sizes.has(first) && sizes.has(member) ? [{ from: first, to: member }] : [])),
  );
  const parts = await Promise.all(
    connectedParts(design.resources, [...known, ...together]).map(async (part) => {
      const graph = graphOf(part, known, hanging, groupOf);
      const positions = positionsOf(await run(graph.root), graph.below);
      return normalized(positions, sizes);
    }),
  );
  return aroundPinned(design, pack(parts), pinned);
}

interface Graph {
  readonly root: ElkNode;
  /** What hangs below a card, by that card. */
  readonly below: ReadonlyMap<string, readonly DesignResource[]>;
}

function graphOf(
  part: readonly DesignResource[],
  connections: readonly Connection[],
  hanging: ReadonlyMap<string, string>,
  groupOf: ReadonlyMap<string, string>,
): Graph {
  const byId = new Map(part.map((resource) => [resource.id, resource]));
  const below = Map.groupBy(
    part.filter(({ id }) => byId.has(hanging.get(id) ?? "")),
    ({ id }) => hanging.get(id) ?? "",
  );
  const own = connections.filter(({ from, to }) => byId.has(from) && byId.has(to) && !hanging.has(to));
  const ports = new Map<string, ElkPort[]>();
  const port = (id: string, side: "EAST" | "WEST", y: number): string => {
    const name = `${id} ${side} ${y}`;
    const list = ports.get(id) ?? [];
    ports.set(id, list);
    const x = side === "WEST" ? 0 : cardSize({ routes: [] }).width;
    if (!list.some((one) => one.id === name)) list.push({ id: name, x, y, width: 0, height: 0, layoutOptions: { "elk.port.side": side } });
    return name;
  };
  const edges = withoutLateAccess(own).map((connection) => {
    const [from, to] = [byId.get(connection.from), byId.get(connection.to)];
    const target = to === undefined ? 0 : sideOffset(to);
    return {
      id: connection.id,
      sources: [port(connection.from, "EAST", leavesAt(from, connection))],
      targets: [port(connection.to, "WEST", target)],
    };
  });
  const node = (resource: DesignResource): ElkNode => {
    const { width, height } = cardSize(resource);
    const more = (below.get(resource.id) ?? []).reduce((sum, child) => sum + hangingGap + cardSize(child).height, 0);
    return {
      id: resource.id,
      width,
      height: height + more,
      ports: ports.get(resource.id) ?? [],
      layoutOptions: { "elk.portConstraints": "FIXED_POS" },
    };
  };
  const roots = part.filter(({ id }) => !(hanging.has(id) && byId.has(hanging.get(id) ?? "")));
  const children: ElkNode[] = [];
  for (const [group, members] of Map.groupBy(roots, ({ id }) => groupOf.get(id) ?? "")) {
    if (group === "") children.push(...members.map(node));
    else children.push({ id: group, children: members.map(node), layoutOptions: { "elk.padding": groupPadding } });
  }
  return { root: { id: "root", layoutOptions: options, children, edges }, below };
}

function positionsOf(root: ElkNode, below: Graph["below"]): Record<string, { x: number; y: number }> {
  const positions: Record<string, { x: number; y: number }> = {};
  const walk = (node: ElkNode, left: number, top: number): void => {
    for (const child of node.children ?? []) {
      const [x, y] = [left + (child.x ?? 0), top + (child.y ?? 0)];
      if (child.children !== undefined) {
        walk(child, x, y);
        continue;
      }
      positions[child.id] = { x, y };
      const hung = below.get(child.id) ?? [];
      const all = hung.reduce((sum, one) => sum + hangingGap + cardSize(one).height, 0);
      let next = y + (child.height ?? 0) - all;
      for (const one of hung) {
        positions[one.id] = { x, y: next + hangingGap };
        next += hangingGap + cardSize(one).height;
      }
    }
  };
  walk(root, 0, 0);
  return positions;
}

/** The picture is moved so that the pinned cards stand about where it has them; the rest gives way to these. */
function aroundPinned(design: Drawn, laidOut: Positions, pinned: Positions): Positions {
  const fixed = Object.entries(pinned).filter(([id]) => laidOut[id] !== undefined);
  if (fixed.length === 0) return laidOut;
  const mean = (axis: "x" | "y"): number =>
    Math.round(fixed.reduce((sum, [id, at]) => sum + at[axis] - (laidOut[id]?.[axis] ?? 0), 0) / fixed.length / 4) * 4;
  const by = { x: mean("x"), y: mean("y") };
  const moved = Object.fromEntries(Object.entries(laidOut).map(([id, at]) => [id, { x: at.x + by.x, y: at.y + by.y }]));
  const taken: Rectangle[] = design.resources.flatMap((resource) => {
    const at = pinned[resource.id];
    return at === undefined ? [] : [{ ...at, ...cardSize(resource) }];
  });
  const positions: Record<string, { x: number; y: number }> = {};
  for (const resource of design.resources) {
    const wished = moved[resource.id];
    if (wished === undefined || pinned[resource.id] !== undefined) continue;
    const free = moveDown({ ...wished, ...cardSize(resource) }, taken);
    positions[resource.id] = { x: free.x, y: free.y };
    taken.push(free);
  }
  return positions;
}

/** The upper left of what was drawn stays where it was, so that the picture does not jump away. */
export function anchored(laidOut: Positions, before: Positions): Positions {
  const corner = (positions: Positions) =>
    boundsOf(Object.keys(laidOut).flatMap((id) => (positions[id] === undefined ? [] : [{ ...positions[id], width: 0, height: 0 }])));
  const [from, to] = [corner(laidOut), corner(before)];
  if (from === null || to === null) return laidOut;
  return Object.fromEntries(
    Object.entries(laidOut).map(([id, { x, y }]) => [id, { x: Math.round(x + to.x - from.x), y: Math.round(y + to.y - from.y) }]),
  );
}
