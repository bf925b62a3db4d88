import { card, cardSize, type Size } from "./cardSize.ts";
import type { Canvas, Connection, Design, DesignResource } from "./design.ts";
import { placeHeights } from "./heights.ts";
import { groupBy, layer, type Block, type Link, type Slot } from "./layers.ts";
import { wrapColumns, type WrappedSlot } from "./wrap.ts";

type Positions = Readonly<Record<string, { readonly x: number; readonly y: number }>>;

export const columnGap = 72;
export const rowGap = 32;
/** Between a card and what hangs below it: a dead-letter queue, an authorizer. */
export const hangingGap = 44;
const maxHanging = 3;
const grid = 4;
/** Parts of a design that have nothing to do with each other are packed in rows at least this wide. */
const packWidth = 760;
/** Width over height of the whole picture when there are many parts: a screen's shape. */
const packShape = 1.7;
const partGap = 64;

/**
 * Positions for the nodes that have none: from left to right as requests travel, what catches failures or guards below
 * the card it belongs to, nothing overlapping. The same design always gives the same picture.
 */
export function layoutDesign(design: Pick<Design, "resources" | "connections">, placed: Canvas["nodes"] = {}): Canvas["nodes"] {
  const missing = design.resources.filter((resource) => placed[resource.id] === undefined);
  if (missing.length === 0) return {};
  const whole = layoutWhole(design);
  if (missing.length === design.resources.length) return whole;
  return fitIn(design, missing, placed, whole);
}

function layoutWhole({ resources, connections }: Pick<Design, "resources" | "connections">): Positions {
  const sizes = new Map(resources.map((resource) => [resource.id, cardSize(resource)]));
  const known = connections.filter(
    (connection) => sizes.has(connection.from) && sizes.has(connection.to) && connection.from !== connection.to,
  );
  const hanging = hangingCards(known);
  const parts = connectedParts(resources, known).map((part) => layoutPart(part, known, hanging, sizes));
  return pack(parts);
}

/** Cards that hang below another, by the card they hang from. */
export function hangingCards(connections: readonly Connection[]): Map<string, string> {
  const arriving = groupBy(connections, (connection) => connection.to);
  const leaving = groupBy(connections, (connection) => connection.from);
  const parents = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const [id, incoming] of arriving) {
    const [first] = incoming;
    const isSideEffect = incoming.every(hangs) && !leaving.has(id);
    const owners = new Set(incoming.map((connection) => connection.from));
    if (!first || !isSideEffect || owners.size > 1) continue;
    const count = counts.get(first.from) ?? 0;
    if (count >= maxHanging) continue;
    counts.set(first.from, count + 1);
    parents.set(id, first.from);
  }
  return parents;
}

function hangs(connection: Connection): boolean {
  return connection.kind === "dead-letter" || connection.kind === "reference" || connection.label === "authorizer";
}

export function connectedParts(
  resources: readonly DesignResource[],
  connections: readonly Pick<Connection, "from" | "to">[],
): DesignResource[][] {
  const root = new Map<string, string>(resources.map((resource) => [resource.id, resource.id]));
  const find = (id: string): string => {
    let here = id;
    for (let up = root.get(here); up !== undefined && up !== here; up = root.get(here)) {
      root.set(here, root.get(up) ?? up);
      here = up;
    }
    return here;
  };
  for (const { from, to } of connections) root.set(find(from), find(to));
  return [...groupBy(resources, (resource) => find(resource.id)).values()];
}

export interface Part {
  readonly positions: Positions;
  readonly width: number;
  readonly height: number;
  readonly count: number;
}

function layoutPart(
  part: readonly DesignResource[],
  connections: readonly Connection[],
  hanging: ReadonlyMap<string, string>,
  sizes: ReadonlyMap<string, Size>,
): Part {
  const ids = new Set(part.map((resource) => resource.id));
  const below = groupBy(
    part.filter((resource) => hanging.has(resource.id)),
    (resource) => hanging.get(resource.id) ?? "",
  );
  const heightOf = (id: string): number => sizes.get(id)?.height ?? 0;
  const roots = part.filter((resource) => !hanging.has(resource.id));
  const blocks: Block[] = roots.map((resource) => ({
    id: resource.id,
    height: (below.get(resource.id) ?? []).reduce((sum, child) => sum + hangingGap + heightOf(child.id), heightOf(resource.id)),
  }));
  const byId = new Map(part.map((resource) => [resource.id, resource]));
  const own = connections.filter((connection) => ids.has(connection.from) && !hanging.has(connection.to));
  const links: Link[] = withoutLateAccess(own).map((connection) => ({
    from: connection.from,
    to: connection.to,
    fromOffset: leavesAt(byId.get(connection.from), connection),
    toOffset: heightOf(connection.to) / 2,
  }));
  const columns = layer(blocks, links);
  const positions: Record<string, { x: number; y: number }> = {};
  for (const { slot, column, top } of placeSlots(columns)) {
    let y = top;
    const x = column * (card.width + columnGap);
    positions[slot.id] = { x, y };
    for (const child of below.get(slot.id) ?? []) {
      y += hangingGap + heightOf(byId.has(child.id) ? previousOf(below.get(slot.id) ?? [], child, slot.id) : slot.id);
      positions[child.id] = { x, y };
    }
  }
  return normalized(positions, sizes);
}

function placeSlots(columns: readonly (readonly Slot[])[]): WrappedSlot[] {
  const wrapped = wrapColumns(columns, card.width + columnGap, rowGap, packShape);
  if (wrapped) return wrapped;
  const tops = placeHeights(columns, rowGap);
  return columns.flatMap((slots, column) => slots.flatMap((slot) => (slot.isPassage ? [] : [{ slot, column, top: tops.get(slot) ?? 0 }])));
}

/**
 * What is only read and written, such as a table, stands right after the first that use it. Users further down the line
 * would push it to the far right and make the picture wide; their lines run back to it instead.
 */
export function withoutLateAccess(connections: readonly Connection[]): readonly Connection[] {
  const leaving = groupBy(connections, (connection) => connection.from);
  const arriving = groupBy(connections, (connection) => connection.to);
  const stores = new Set(
    [...arriving].filter(([id, incoming]) => !leaving.has(id) && incoming.every(({ kind }) => kind === "access")).map(([id]) => id),
  );
  const depths = new Map<string, number>();
  const depthOf = (id: string): number => {
    const known = depths.get(id);
    if (known !== undefined) return known;
    // Stands in while its own depth is being found, so that a cycle ends.
    depths.set(id, 0);
    const depth = Math.max(0, ...(arriving.get(id) ?? []).map((connection) => depthOf(connection.from) + 1));
    depths.set(id, depth);
    return depth;
  };
  const firstUse = new Map(
    [...stores].map((id) => [id, Math.min(...(arriving.get(id) ?? []).map((connection) => depthOf(connection.from)))]),
  );
  return connections.filter((connection) => depthOf(connection.from) <= (firstUse.get(connection.to) ?? Number.POSITIVE_INFINITY));
}

/** The card right above a hanging one. */
function previousOf(children: readonly DesignResource[], child: DesignResource, parent: string): string {
  const index = children.indexOf(child);
  return children[index - 1]?.id ?? parent;
}

/** A route's connection leaves at its row, everything else at the middle of the card. */
export function leavesAt(resource: DesignResource | undefined, connection: Connection): number {
  if (!resource) return 0;
  const row = resource.routes.findIndex((route) => route.id === connection.fromRoute);
  if (row < 0) return cardSize(resource).height / 2;
  return card.headerHeight + (Math.min(row, card.maxRouteRows - 1) + 0.5) * card.routeRowHeight;
}

export function normalized(positions: Positions, sizes: ReadonlyMap<string, Size>): Part {
  const entries = Object.entries(positions);
  const left = Math.min(...entries.map(([, at]) => at.x));
  const top = Math.min(...entries.map(([, at]) => at.y));
  const moved = entries.map(([id, at]) => [id, { x: snap(at.x - left), y: snap(at.y - top) }] as const);
  return {
    positions: Object.fromEntries(moved),
    width: Math.max(...moved.map(([, at]) => at.x)) + card.width,
    height: Math.max(...moved.map(([id, at]) => at.y + (sizes.get(id)?.height ?? 0))),
    count: entries.length,
  };
}

/** Parts in rows, the larger first; single cards end up side by side. */
export function pack(parts: readonly Part[]): Positions {
  const inOrder = parts.map((part, index) => ({ part, index })).sort((a, b) => b.part.count - a.part.count || a.index - b.index);
  const area = parts.reduce((sum, part) => sum + (part.width + partGap) * (part.height + partGap), 0);
  const rowWidth = Math.max(packWidth, Math.sqrt(area * packShape), ...parts.map((part) => part.width));
  const positions: Record<string, { x: number; y: number }> = {};
  let [x, y, rowHeight] = [0, 0, 0];
  for (const { part } of inOrder) {
    if (x > 0 && x + part.width > rowWidth) {
      y += rowHeight + partGap;
      [x, rowHeight] = [0, 0];
    }
    for (const [id, at] of Object.entries(part.positions)) positions[id] = { x: at.x + x, y: at.y + y };
    x += part.width + partGap;
    rowHeight = Math.max(rowHeight, part.height);
  }
  return positions;
}

/** New cards beside their neighbours that have a place already, moved down until they are free. */
function fitIn(
  design: Pick<Design, "resources" | "connections">,
  missing: readonly DesignResource[],
  placed: Canvas["nodes"],
  whole: Positions,
): Positions {
  const sizes = new Map(design.resources.map((resource) => [resource.id, cardSize(resource)]));
  const positions: Record<string, { x: number; y: number }> = {};
  const taken: Rectangle[] = design.resources.flatMap((resource) => {
    const at = placed[resource.id];
    return at ? [{ ...at, ...(sizes.get(resource.id) ?? cardSize(resource)) }] : [];
  });
  const bottom = taken.reduce((lowest, area) => Math.max(lowest, area.y + area.height), 0);
  const left = taken.reduce((least, area) => Math.min(least, area.x), Number.POSITIVE_INFINITY);
  for (const resource of missing) {
    const ideal = whole[resource.id] ?? { x: 0, y: 0 };
    const neighbour = design.connections
      .flatMap(({ from, to }) => (from === resource.id ? [to] : to === resource.id ? [from] : []))
      .find((id) => placed[id] !== undefined || positions[id] !== undefined);
    const there = neighbour === undefined ? undefined : (placed[neighbour] ?? positions[neighbour]);
    const idealThere = neighbour === undefined ? undefined : whole[neighbour];
    const wished =
      there && idealThere ? { x: there.x + ideal.x - idealThere.x, y: there.y + ideal.y - idealThere.y } : { x: left, y: bottom + partGap };
    const size = sizes.get(resource.id) ?? cardSize(resource);
    const free = moveDown({ x: snap(wished.x), y: snap(wished.y), ...size }, taken);
    positions[resource.id] = { x: free.x, y: free.y };
    taken.push(free);
  }
  return positions;
}

export interface Rectangle extends Size {
  readonly x: number;
  readonly y: number;
}

export function moveDown(wished: Rectangle, taken: readonly Rectangle[]): Rectangle {
  let here = wished;
  for (let hit = taken.find((area) => overlaps(area, here)); hit; hit = taken.find((area) => overlaps(area, here))) {
    here = { ...here, y: snap(hit.y + hit.height + rowGap) };
  }
  return here;
}

function overlaps(a: Rectangle, b: Rectangle): boolean {
  const margin = rowGap / 2;
  return a.x < b.x + b.width + margin && b.x < a.x + a.width + margin && a.y < b.y + b.height + margin && b.y < a.y + a.height + margin;
}

function snap(value: number): number {
  return Math.round(value / grid) * grid;
}
