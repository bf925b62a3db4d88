// What is drawn of a design: a collapsed group is one card, and many lines between the same two cards are one line.
import { cardSize } from "./cardSize.ts";
import type { Canvas, CanvasGroup, Connection, Design, DesignResource } from "./design.ts";
import type { Box } from "./curve.ts";
import { boundsOf, boxOf, type Positions } from "./geometry.ts";
import { english, inRow, words, type Words } from "../words.ts";

/** Stands as the type of a collapsed group's card; no template has it. */
export const groupType = "Contrail::Group";
/** So many lines between the same two cards are drawn as one. */
const bundleFrom = 4;
/** Around the members of an open group; its name stands above them. */
const groupPadding = 20;
const groupHeading = 32;

export interface ShownDesign {
  readonly resources: readonly DesignResource[];
  readonly connections: readonly Connection[];
  readonly positions: Positions;
  /** Of each connection of the design that is drawn, the one that it is drawn as. */
  readonly drawnAs: ReadonlyMap<string, string>;
  /** Connections of the design that a drawn one stands for. */
  readonly bundles: ReadonlyMap<string, readonly Connection[]>;
  /** Open groups with members, and around what. */
  readonly groups: readonly { readonly group: CanvasGroup; readonly box: Box }[];
}

export function shownDesign(design: Pick<Design, "resources" | "connections">, canvas: Canvas, positions: Positions): ShownDesign {
  const byId = new Map(design.resources.map((resource) => [resource.id, resource]));
  const noteBoxes = new Map(canvas.notes.map((note) => [note.id, { ...note, ...positions[note.id] }]));
  const hiddenIn = new Map<string, string>();
  const cards: DesignResource[] = [];
  const places: Record<string, { readonly x: number; readonly y: number }> = {};
  const groups: { group: CanvasGroup; box: Box }[] = [];
  for (const group of canvas.groups ?? []) {
    const members = group.members.flatMap((id) => byId.get(id) ?? []);
    const notes = group.members.flatMap((id) => noteBoxes.get(id) ?? []);
    const bounds = boundsOf([...members.map((member) => boxOf(member, positions)), ...notes]);
    if (bounds === null) continue;
    if (group.isCollapsed !== true) {
      groups.push({ group, box: grown(bounds) });
      continue;
    }
    for (const id of group.members) hiddenIn.set(id, group.id);
    cards.push(groupCard(group, members));
    places[group.id] = { x: bounds.x, y: bounds.y };
  }
  const { connections, drawnAs, bundles } = drawnConnections(design.connections, hiddenIn);
  if (cards.length === 0) return { resources: design.resources, connections, positions, drawnAs, bundles, groups };
  return {
    resources: [...design.resources.filter((resource) => !hiddenIn.has(resource.id)), ...cards],
    connections,
    positions: { ...positions, ...places },
    drawnAs,
    bundles,
    groups,
  };
}

/** Cards and notes that are not drawn, because their group is one card. */
export function hiddenMembers({ groups = [] }: Canvas): ReadonlySet<string> {
  return new Set(groups.flatMap((group) => (group.isCollapsed === true ? group.members : [])));
}

function groupCard(group: CanvasGroup, members: readonly DesignResource[]): DesignResource {
  const subtitle = members.length === 1 ? words("1 resource") : words("{{count}} resources", { count: members.length });
  return {
    id: group.id,
    type: groupType,
    properties: {},
    effectiveProperties: {},
    isImplicit: true,
    subtitle: english(subtitle),
    subtitleWords: subtitle,
    routes: [],
    runs: true,
    path: [],
    isDisabled: false,
  };
}

function grown({ x, y, width, height }: Box): Box {
  return {
    x: x - groupPadding,
    y: y - groupHeading,
    width: Math.max(width, cardSize({ routes: [] }).width) + 2 * groupPadding,
    height: height + groupHeading + groupPadding,
  };
}

function drawnConnections(
  connections: readonly Connection[],
  hiddenIn: ReadonlyMap<string, string>,
): Pick<ShownDesign, "connections" | "drawnAs" | "bundles"> {
  const drawnAs = new Map<string, string>();
  const bundles = new Map<string, readonly Connection[]>();
  const drawn: Connection[] = [];
  const end = (id: string): string => hiddenIn.get(id) ?? id;
  for (const [, between] of Map.groupBy(connections, ({ from, to }) => `${end(from)}>${end(to)}`)) {
    const [first] = between;
    if (first === undefined) continue;
    const [from, to] = [end(first.from), end(first.to)];
    const isOfGroup = from !== first.from || to !== first.to;
    if (isOfGroup && from === to) continue;
    if (between.length < (isOfGroup ? 2 : bundleFrom)) {
      for (const connection of between) {
        drawnAs.set(connection.id, connection.id);
        drawn.push(isOfGroup ? { ...withoutRoute(connection), from, to } : connection);
      }
      continue;
    }
    const id = `bundle:${from}>${to}`;
    for (const connection of between) drawnAs.set(connection.id, id);
    bundles.set(id, between);
    const label = labelOfAll(between);
    drawn.push({ ...withoutRoute(first), id, from, to, kind: kindOfAll(between), label: english(label), labelWords: label, writtenAt: [] });
  }
  return { connections: drawn, drawnAs, bundles };
}

function withoutRoute({ fromRoute: _route, ...connection }: Connection): Connection {
  return connection;
}

function kindOfAll(connections: readonly Connection[]): Connection["kind"] {
  const kinds = new Set(connections.map((connection) => connection.kind));
  const [only] = kinds;
  return kinds.size === 1 && only !== undefined ? only : "target";
}

/** What they all carry, while that is short; else how many they are. */
function labelOfAll(connections: readonly Connection[]): Words {
  const labels = new Set(connections.map((connection) => connection.label));
  const [first] = connections;
  const count = connections.every((connection) => connection.fromRoute !== undefined)
    ? words("{{count}} routes", { count: connections.length })
    : words("{{count}} connections", { count: connections.length });
  return labels.size === 1 && first !== undefined && first.label !== "" ? inRow([count, first.labelWords ?? first.label], " · ") : count;
}
