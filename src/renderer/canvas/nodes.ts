// The design as React Flow's nodes and edges. Objects stay the same while nothing of theirs changed, so that only changed
// cards are drawn again.
import { Position, type Edge, type Node, type NodeHandle } from "@xyflow/react";
import { card, cardSize } from "../../model/design/cardSize.ts";
import type { Canvas, CanvasColour, CanvasFrame, CanvasGroup, Connection, DesignResource } from "../../model/design/design.ts";
import type { ShownDesign } from "../../model/design/grouping.ts";
import type { Problem } from "../../model/problem.ts";
import type { Box, Curve } from "../../model/design/curve.ts";
import { routeHandle, routeOffset, sideOffset } from "../../model/design/geometry.ts";
import { labelPlaces } from "../../model/design/labelPlaces.ts";
import { groupType, hiddenMembers } from "../../model/design/grouping.ts";
import type { Positions } from "./placement.ts";
import { t } from "../app/texts/texts.ts";
import { connectionsInLanguage, subtitleOf } from "../app/texts/words.ts";

export interface CardData extends Record<string, unknown> {
  readonly resource: DesignResource;
  /** Handles where a connection ends: their ports stay visible. */
  readonly usedHandles: readonly string[];
  readonly worst: Problem | null;
  /** Made over the API while it runs, not written in the template. */
  readonly isRuntimeMade: boolean;
  readonly isLocked: boolean;
}

export interface NoteData extends Record<string, unknown> {
  readonly text: string;
  readonly colour: CanvasColour | undefined;
  readonly isLocked: boolean;
}

export interface GroupData extends Record<string, unknown> {
  readonly group: CanvasGroup;
  readonly isLocked: boolean;
}

export interface GroupCardData extends GroupData {
  /** Stands for all in it. */
  readonly resource: DesignResource;
  readonly usedHandles: readonly string[];
}

export interface FrameData extends Record<string, unknown> {
  readonly frame: CanvasFrame;
  /** Its place in the presentation, from 1. */
  readonly number: number;
  readonly isLocked: boolean;
}

export interface ConnectionData extends Record<string, unknown> {
  readonly connection: Connection;
  readonly curve: Curve;
  /** Where on the line its label stands; undefined: there is no room for it. */
  readonly labelAt: number | undefined;
  /** Connections of the design that it stands for; one: itself. */
  readonly members: readonly Connection[];
}

export type CardNode = Node<CardData, "card">;
export type NoteNode = Node<NoteData, "note">;
export type GroupNode = Node<GroupData, "groupBox">;
export type GroupCardNode = Node<GroupCardData, "groupCard">;
export type FrameNode = Node<FrameData, "frame">;
export type CanvasNode = CardNode | NoteNode | GroupNode | GroupCardNode | FrameNode;
export type ConnectionEdge = Edge<ConnectionData, "connection">;

interface CardInput {
  readonly resource: DesignResource;
  readonly usedHandles: readonly string[];
  readonly worst: Problem | null;
  readonly isRuntimeMade: boolean;
}

const noHandles: readonly string[] = [];

export function cardInputs(
  resources: readonly DesignResource[],
  runtimeMade: readonly DesignResource[],
  curves: ReadonlyMap<string, Curve>,
  connections: readonly Connection[],
  problems: readonly Problem[],
): readonly CardInput[] {
  const used = new Map<string, Set<string>>();
  const use = (id: string, handle: string): void => void (used.get(id) ?? used.set(id, new Set()).get(id))?.add(handle);
  for (const connection of connections) {
    const curve = curves.get(connection.id);
    if (curve === undefined) continue;
    use(connection.from, curve.fromHandle);
    use(connection.to, curve.toHandle);
  }
  const worst = new Map<string, Problem>();
  for (const problem of problems) {
    if (problem.resource !== undefined && problem.severity !== "info" && !worst.has(problem.resource)) worst.set(problem.resource, problem);
  }
  const input = (resource: DesignResource, isRuntimeMade: boolean): CardInput => ({
    resource,
    usedHandles: used.has(resource.id) ? [...(used.get(resource.id) ?? [])].sort() : noHandles,
    worst: worst.get(resource.id) ?? null,
    isRuntimeMade,
  });
  return [...resources.map((resource) => input(resource, false)), ...runtimeMade.map((resource) => input(resource, true))];
}

/** Keeps node objects between renders; one per canvas. */
export function createNodeCache(): (
  inputs: readonly CardInput[],
  canvas: Canvas,
  shown: ShownDesign,
  positions: Positions,
  selected: ReadonlySet<string>,
) => CanvasNode[] {
  let cards = new Map<string, CardNode>();
  return (inputs, canvas, shown, positions, selected) => {
    const next = new Map<string, CardNode>();
    const locked = new Set(canvas.locked);
    const collapsed = new Map((canvas.groups ?? []).map((group) => [group.id, group]));
    const hidden = hiddenMembers(canvas);
    const others: CanvasNode[] = [
      ...(canvas.frames ?? []).map((frame, index) => frameNode({ ...frame, ...positions[frame.id] }, index + 1, selected, locked)),
      ...shown.groups.map(({ group, box }) => groupNode(group, box, selected, locked)),
      ...canvas.notes.filter(({ id }) => !hidden.has(id)).map((note) => noteNode(note, positions[note.id] ?? note, selected, locked)),
    ];
    for (const one of inputs) {
      const { resource } = one;
      const group = resource.type === groupType ? collapsed.get(resource.id) : undefined;
      if (group !== undefined) {
        others.push(groupCardNode(one, group, positions[resource.id] ?? { x: 0, y: 0 }, selected, locked));
        continue;
      }
      const isLocked = locked.has(resource.id);
      const position = positions[resource.id] ?? { x: 0, y: 0 };
      const isSelected = selected.has(resource.id);
      const before = cards.get(resource.id);
      const isSame =
        before !== undefined &&
        before.position.x === position.x &&
        before.position.y === position.y &&
        before.selected === isSelected &&
        before.data.resource === resource &&
        before.data.worst === one.worst &&
        before.data.isLocked === isLocked &&
        before.data.usedHandles.join() === one.usedHandles.join();
      next.set(resource.id, isSame ? before : cardNode(one, position, isSelected, isLocked));
    }
    cards = next;
    return [...others, ...next.values()];
  };
}

function cardNode(
  { resource, usedHandles, worst, isRuntimeMade }: CardInput,
  position: { x: number; y: number },
  selected: boolean,
  isLocked: boolean,
): CardNode {
  const size = cardSize(resource);
  return {
    id: resource.id,
    type: "card",
    position,
    ...size,
    handles: handlesOf(resource),
    selected,
    draggable: !isRuntimeMade && !isLocked,
    zIndex: selected ? 1 : 0,
    data: { resource, usedHandles, worst, isRuntimeMade, isLocked },
    ariaLabel: `${resource.id}, ${subtitleOf(resource)}${resource.runs ? "" : t(", not run locally yet")}`,
  };
}

type Ids = ReadonlySet<string>;

/** What a person drew, and where. */
function placed(id: string, { x, y, width, height }: Box, selected: Ids, locked: Ids) {
  return { id, position: { x, y }, width, height, selected: selected.has(id), draggable: !locked.has(id) };
}

/** Stands under cards: dragged by its name, and clicks go through it to the canvas. */
function ground(id: string, box: Box, selected: Ids, locked: Ids) {
  return { ...placed(id, box, selected, locked), style: { pointerEvents: "none" } } as const;
}

function groupNode(group: CanvasGroup, box: Box, selected: Ids, locked: Ids): GroupNode {
  return {
    ...ground(group.id, box, selected, locked),
    type: "groupBox",
    dragHandle: ".group-handle",
    data: { group, isLocked: locked.has(group.id) },
    zIndex: -2,
    ariaLabel: t("Group {{name}}", { name: group.name }),
  };
}

function groupCardNode(
  { resource, usedHandles }: CardInput,
  group: CanvasGroup,
  position: { x: number; y: number },
  selected: Ids,
  locked: Ids,
): GroupCardNode {
  return {
    ...placed(group.id, { ...position, ...cardSize(resource) }, selected, locked),
    type: "groupCard",
    handles: handlesOf(resource),
    data: { group, resource, usedHandles, isLocked: locked.has(group.id) },
    ariaLabel: t("Group {{name}}, {{subtitle}}", { name: group.name, subtitle: subtitleOf(resource) }),
  };
}

function frameNode(frame: CanvasFrame, number: number, selected: Ids, locked: Ids): FrameNode {
  return {
    ...ground(frame.id, frame, selected, locked),
    type: "frame",
    dragHandle: ".frame-handle",
    data: { frame, number, isLocked: locked.has(frame.id) },
    zIndex: -3,
    ariaLabel: t("Frame {{name}}", { name: frame.name }),
  };
}

function noteNode(note: Canvas["notes"][number], position: { x: number; y: number }, selected: Ids, locked: Ids): NoteNode {
  return {
    ...placed(note.id, { ...note, ...position }, selected, locked),
    type: "note",
    data: { text: note.text, colour: note.colour, isLocked: locked.has(note.id) },
    zIndex: -1,
    ariaLabel: t("Note: {{text}}", { text: note.text }),
  };
}

function handlesOf(resource: DesignResource): NodeHandle[] {
  const { width, height } = cardSize(resource);
  const side = sideOffset(resource);
  const handle = (id: string, position: Position, x: number, y: number): NodeHandle => ({
    id,
    type: "source",
    position,
    x: x - 4,
    y: y - 4,
    width: 9,
    height: 9,
  });
  return [
    handle("left", Position.Left, 0, side),
    handle("right", Position.Right, width, side),
    handle("top", Position.Top, card.width / 2, 0),
    handle("bottom", Position.Bottom, card.width / 2, height),
    ...resource.routes.map((route) => handle(routeHandle(route.id), Position.Right, width, routeOffset(resource, route.id))),
  ];
}

export function edgesOf(
  { connections, bundles }: Pick<ShownDesign, "connections" | "bundles">,
  curves: ReadonlyMap<string, Curve>,
  cards: readonly Box[],
  /** Of the labels' letters. */
  scale: number,
  selected: string | null,
): ConnectionEdge[] {
  const labels = labelPlaces(connectionsInLanguage(connections), curves, cards, { bundles, scale });
  return connections.flatMap((connection): ConnectionEdge[] => {
    const curve = curves.get(connection.id);
    if (curve === undefined) return [];
    return [
      {
        id: connection.id,
        type: "connection",
        source: connection.from,
        sourceHandle: curve.fromHandle,
        target: connection.to,
        targetHandle: curve.toHandle,
        selected: selected === connection.id,
        data: { connection, curve, labelAt: labels.get(connection.id), members: bundles.get(connection.id) ?? [connection] },
        interactionWidth: 18,
      },
    ];
  });
}
